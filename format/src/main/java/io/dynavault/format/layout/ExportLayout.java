// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The keys of one export (DynamoDB Developer Guide, "DynamoDB table export output format").
 *
 * @param prefix what comes before {@code AWSDynamoDB/}, without a slash at its end; empty for none
 * @param exportId id of the export; its folder's name
 */
public record ExportLayout(String prefix, String exportId) {
  /** Name of the folder that holds all exports of a prefix. */
  public static final String ROOT_NAME = "AWSDynamoDB";

  /** Name of the folder of data files: in an export's folder, or shared beside the exports. */
  public static final String DATA = "data";

  /** Name of the summary: the object whose existence makes an export complete. */
  public static final String MANIFEST_SUMMARY = "manifest-summary.json";

  /** Name of the list of data files. */
  public static final String MANIFEST_FILES = "manifest-files.json";

  public ExportLayout {
    requireNonNull(prefix, "prefix is null");
    requireNonNull(exportId, "exportId is null");
    prefix = withoutSlashAtEnd(prefix);
    if (!Names.isExportId(exportId)) {
      throw new IllegalArgumentException("not an export id: '" + exportId + "'");
    }
  }

  /**
   * Finds prefix and id in the key of an export's folder, with or without a slash at its end, or in
   * the key of one of its manifests. Empty when the key is neither.
   */
  public static Optional<ExportLayout> parse(String key) {
    List<String> parts = List.of(folderOf(key).split("/", -1));
    int root = parts.size() - 2;
    if (root < 0 || !parts.get(root).equals(ROOT_NAME) || !Names.isExportId(parts.get(root + 1))) {
      return Optional.empty();
    }
    String prefix = String.join("/", parts.subList(0, root));
    return Optional.of(new ExportLayout(prefix, parts.get(root + 1)));
  }

  /**
   * The folder that a person means who names an export by its folder or by one of its manifests,
   * without a slash at its end; also where the folder was copied to a place of another name.
   */
  public static String folderOf(String key) {
    for (String name : List.of(MANIFEST_SUMMARY, MANIFEST_FILES)) {
      if (key.equals(name) || key.endsWith("/" + name)) {
        return withoutSlashAtEnd(key.substring(0, key.length() - name.length()));
      }
    }
    return withoutSlashAtEnd(key);
  }

  /** The same export seen from further up: from a bucket's root instead of a vault's root. */
  public ExportLayout under(String parent) {
    String above = withoutSlashAtEnd(parent);
    return new ExportLayout(join(above, prefix), exportId);
  }

  /** The folder of this export, without a slash at its end. */
  public String folder() {
    return join(root(), exportId);
  }

  /** The folder of all exports of the prefix, without a slash at its end. */
  public String root() {
    return join(prefix, ROOT_NAME);
  }

  /** The empty object that is written first. */
  public String started() {
    return folder() + "/_started";
  }

  /** The folder of the data files of a full export, with a slash: ImportTable's S3KeyPrefix. */
  public String data() {
    return folder() + "/" + DATA + "/";
  }

  /** A data file of a full export. */
  public String dataFile(String name) {
    return data() + Names.segment(name, "data file's name");
  }

  /** A data file of an incremental export; all of a prefix share one folder. */
  public String sharedDataFile(String name) {
    return root() + "/" + DATA + "/" + Names.segment(name, "data file's name");
  }

  public String manifestFiles() {
    return folder() + "/" + MANIFEST_FILES;
  }

  public String manifestFilesMd5() {
    return folder() + "/manifest-files.md5";
  }

  public String manifestSummary() {
    return folder() + "/" + MANIFEST_SUMMARY;
  }

  public String manifestSummaryMd5() {
    return folder() + "/manifest-summary.md5";
  }

  private static String join(String parent, String child) {
    if (parent.isEmpty()) {
      return child;
    }
    return child.isEmpty() ? parent : parent + "/" + child;
  }

  private static String withoutSlashAtEnd(String key) {
    return key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
  }
}
