// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynavault.format.layout.ExportLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The objects around an export's data files, as bytes: {@link #started} before the first data file,
 * {@link #of} after the last.
 *
 * <p>Two views of the same keys meet here. Objects are stored by the keys of a layout that is
 * relative to a store's root; manifests name them from the root of the bucket, that is below the
 * summary's {@code s3Prefix}.
 */
public final class ExportManifests {
  private ExportManifests() {}

  /** The empty object that says that an export began and that its place can be written. */
  public static ExportObject started(ExportLayout layout) {
    return new ExportObject(layout.started(), new byte[0]);
  }

  /**
   * The four objects that complete an export, in the order in which they must become durable. The
   * last is {@code manifest-summary.json}, whose existence makes the export complete for every
   * reader; all it refers to is there before it.
   *
   * @param layout keys below the store's root
   * @param summary with keys from the bucket's root
   * @param files with keys from the bucket's root; all data files, also those without items
   * @throws IllegalArgumentException when summary, files and layout do not speak of one export
   */
  public static List<ExportObject> of(
      ExportLayout layout, ManifestSummary summary, List<DataFile> files) {
    requireConsistent(layout, summary, files);
    byte[] filesJson = ManifestFiles.toJsonLines(files);
    byte[] summaryJson = ManifestSummaryParser.toJson(summary);
    return List.of(
        new ExportObject(layout.manifestFiles(), filesJson),
        new ExportObject(layout.manifestFilesMd5(), md5(filesJson)),
        new ExportObject(layout.manifestSummaryMd5(), md5(summaryJson)),
        new ExportObject(layout.manifestSummary(), summaryJson));
  }

  private static byte[] md5(byte[] content) {
    return StoredDigest.md5Base64(content).getBytes(US_ASCII);
  }

  private static void requireConsistent(
      ExportLayout layout, ManifestSummary summary, List<DataFile> files) {
    ExportLayout fromBucket =
        new ExportLayout(summary.destination().s3Prefix().orElse(""), layout.exportId());
    require(
        fromBucket.folder().equals(layout.folder())
            || fromBucket.folder().endsWith("/" + layout.folder()),
        "s3Prefix does not end in the prefix of the export's keys",
        fromBucket.prefix());
    require(
        summary.exportId().filter(layout.exportId()::equals).isPresent(),
        "exportArn has another export id than the keys",
        summary.exportArn());
    require(
        summary.manifestFilesS3Key().equals(fromBucket.manifestFiles()),
        "manifestFilesS3Key is not below s3Prefix",
        summary.manifestFilesS3Key());
    requireDataFiles(fromBucket, summary, files);
  }

  private static void requireDataFiles(
      ExportLayout fromBucket, ManifestSummary summary, List<DataFile> files) {
    Set<String> keys = new HashSet<>();
    long items = 0;
    for (DataFile file : files) {
      String key = file.dataFileS3Key();
      String name = key.substring(key.lastIndexOf('/') + 1);
      String expected =
          switch (summary.span().exportType()) {
            case FULL_EXPORT -> fromBucket.dataFile(name);
            case INCREMENTAL_EXPORT -> fromBucket.sharedDataFile(name);
          };
      require(key.equals(expected), "data file is not where the format wants it", key);
      require(keys.add(key), "data file is listed twice", key);
      items += file.itemCount();
    }
    require(
        items == summary.itemCount(),
        "itemCount is not the sum over the data files",
        summary.itemCount() + " instead of " + items);
  }

  private static void require(boolean condition, String problem, String value) {
    if (!condition) {
      throw new IllegalArgumentException(problem + ": " + value);
    }
  }
}
