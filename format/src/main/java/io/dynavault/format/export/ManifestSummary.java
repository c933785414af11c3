// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The content of {@code manifest-summary.json}: what was exported, when, to where and how much
 * (DynamoDB Developer Guide, "DynamoDB table export output format"). Times are in milliseconds.
 *
 * @param version version of the manifest's form
 * @param span the moment or the window that was exported
 * @param manifestFilesS3Key key of {@code manifest-files.json} from the root of the bucket
 * @param billedSizeBytes what AWS charged for; 0 where nothing was
 * @param itemCount items of all data files
 */
public record ManifestSummary(
    String version,
    String exportArn,
    Instant startTime,
    Instant endTime,
    String tableArn,
    String tableId,
    ExportSpan span,
    ExportDestination destination,
    String manifestFilesS3Key,
    long billedSizeBytes,
    long itemCount,
    OutputFormat outputFormat) {
  private static final String EXPORT = "/export/";
  private static final String TABLE = ":table/";

  public ManifestSummary {
    requireNonNull(version, "version is null");
    requireNonNull(exportArn, "exportArn is null");
    startTime = startTime.truncatedTo(ChronoUnit.MILLIS);
    endTime = endTime.truncatedTo(ChronoUnit.MILLIS);
    requireNonNull(tableArn, "tableArn is null");
    requireNonNull(tableId, "tableId is null");
    requireNonNull(span, "span is null");
    requireNonNull(destination, "destination is null");
    requireNonNull(manifestFilesS3Key, "manifestFilesS3Key is null");
    requireNonNull(outputFormat, "outputFormat is null");
    requireNotNegative(billedSizeBytes, "billedSizeBytes");
    requireNotNegative(itemCount, "itemCount");
  }

  /** The last part of the export's ARN, or empty when it has another form. */
  public Optional<String> exportId() {
    int start = exportArn.lastIndexOf(EXPORT);
    return start < 0
        ? Optional.empty()
        : Optional.of(exportArn.substring(start + EXPORT.length())).filter(id -> !id.isEmpty());
  }

  /** The table's name from its ARN, or empty when it has another form. */
  public Optional<String> tableName() {
    int start = tableArn.indexOf(TABLE);
    return start < 0
        ? Optional.empty()
        : Optional.of(tableArn.substring(start + TABLE.length())).filter(name -> !name.isEmpty());
  }

  private static void requireNotNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is negative: " + value);
    }
  }
}
