// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.VaultKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An export that lies in the vault: one that this engine wrote, or DynamoDB.
 *
 * @param exportPrefix key of the export's folder below the vault's root, such as {@code
 *     2026-11-21/orders/AWSDynamoDB/01795000000000-0a1b2c3d}
 * @param itemCount items, or changes, in all data files
 * @param itemBytes their size by DynamoDB's rules; of an export that AWS wrote, what AWS billed
 * @param files every file of the export with its checksum, manifests included
 * @param window of an incremental export; its data files lie in the folder {@code data} beside its
 *     own, which it shares with others (DynamoDB Developer Guide, "DynamoDB table export output
 *     format")
 */
public record StoredExport(
    String exportPrefix,
    OutputFormat outputFormat,
    Compression compression,
    long itemCount,
    long itemBytes,
    List<StoredFile> files,
    Optional<ExportWindow> window)
    implements PointContent {

  /** The folder in which AWS writes all exports of a prefix. */
  private static final String AWS_FOLDER = "AWSDynamoDB";

  public StoredExport {
    requireNonNull(exportPrefix, "exportPrefix is null");
    requireNonNull(outputFormat, "outputFormat is null");
    requireNonNull(compression, "compression is null");
    files = List.copyOf(files);
    requireNonNull(window, "window is null");
    checkExportPrefix(exportPrefix);
    if (window.isPresent() && !parent(exportPrefix).equals(AWS_FOLDER)) {
      throw new IllegalArgumentException("exportPrefix is not the folder of an incremental export");
    }
    checkFiles(exportPrefix, dataFolder(exportPrefix, window), files, itemCount);
  }

  @Override
  public long storedBytes() {
    return files.stream().mapToLong(StoredFile::size).sum();
  }

  /** Whether it holds the changes of a window instead of all items. */
  public boolean isIncremental() {
    return window.isPresent();
  }

  /** The folder of its data files, with a slash at its end. */
  public String dataFolder() {
    return dataFolder(exportPrefix, window);
  }

  /** Its data files; the others are manifests and markers. */
  public List<StoredFile> dataFiles() {
    return files.stream().filter(file -> file.key().startsWith(dataFolder())).toList();
  }

  /** Keys of those of its files that lie beside its folder, among those of other exports. */
  public List<String> filesBeside() {
    return files.stream()
        .map(StoredFile::key)
        .filter(key -> !key.startsWith(exportPrefix + "/"))
        .toList();
  }

  /** Whether the export's folder has this name and lies where AWS puts exports. */
  boolean hasId(String exportId) {
    return parent(exportPrefix).equals(AWS_FOLDER) && exportPrefix.endsWith("/" + exportId);
  }

  private static String dataFolder(String exportPrefix, Optional<ExportWindow> window) {
    String above =
        window.isPresent()
            ? exportPrefix.substring(0, exportPrefix.lastIndexOf('/'))
            : exportPrefix;
    return above + "/" + ExportLayout.DATA + "/";
  }

  /** The name of the folder that the export's folder lies in. */
  private static String parent(String exportPrefix) {
    String above = exportPrefix.substring(0, exportPrefix.lastIndexOf('/'));
    return above.substring(above.lastIndexOf('/') + 1);
  }

  /** A record must not point at what is not its own: what it names is read, copied and deleted. */
  private static void checkExportPrefix(String prefix) {
    boolean plain = !prefix.isEmpty() && areNames(prefix);
    if (!plain || prefix.indexOf('/') < 0 || VaultKeys.isOwn(prefix)) {
      throw new IllegalArgumentException("exportPrefix is not the folder of an export");
    }
  }

  private static void checkFiles(
      String prefix, String dataFolder, List<StoredFile> files, long itemCount) {
    Set<String> keys = new HashSet<>();
    long items = 0;
    for (StoredFile file : files) {
      String key = file.key();
      boolean data = isIn(dataFolder, key);
      if (!data && !isIn(prefix + "/", key)) {
        throw new IllegalArgumentException("a file lies outside of exportPrefix");
      }
      if (!data && file.checksum().isMd5()) {
        throw new IllegalArgumentException("a file that is no data file has no SHA-256");
      }
      if (!keys.add(key)) {
        throw new IllegalArgumentException("a file is named twice: '" + key + "'");
      }
      items += file.itemCount();
    }
    if (items != itemCount) {
      throw new IllegalArgumentException(
          "itemCount is " + itemCount + " but its files have " + items + " items");
    }
  }

  private static boolean isIn(String folder, String key) {
    return key.startsWith(folder) && areNames(key.substring(folder.length()));
  }

  private static boolean areNames(String path) {
    return List.of(path.split("/", -1)).stream()
        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }
}
