// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportSummary;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.S3BucketSource;

/**
 * What AWS tells of an import.
 *
 * @param tableId of the table that it makes, also where that has never come to be; empty in a list
 * @param source such as {@code s3://bucket/prefix}
 * @param format as AWS writes it
 * @param compression as AWS writes it; empty in a list
 * @param logGroupArn of CloudWatch Logs, for what could not be read
 * @param counts none in a list
 */
public record ImportInfo(
    ImportArn arn,
    Status status,
    String tableId,
    String source,
    String format,
    String compression,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<String> logGroupArn,
    Optional<Counts> counts,
    Optional<Failure> failure) {

  /** How far it is. */
  public enum Status {
    IN_PROGRESS,
    COMPLETED,
    CANCELLING,
    CANCELLED,
    FAILED
  }

  /**
   * What was read and written so far.
   *
   * @param processedBytes without compression, which is what is billed; empty until AWS tells
   */
  public record Counts(
      long processedItems, long importedItems, long errors, OptionalLong processedBytes) {
    public Counts {
      requireNonNull(processedBytes, "processedBytes is null");
    }
  }

  /** Why it has failed, in AWS's words. */
  public record Failure(String code, String message) {
    public Failure {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }
  }

  public ImportInfo {
    requireNonNull(arn, "arn is null");
    requireNonNull(status, "status is null");
    requireNonNull(tableId, "tableId is null");
    requireNonNull(source, "source is null");
    requireNonNull(format, "format is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(started, "started is null");
    requireNonNull(ended, "ended is null");
    requireNonNull(logGroupArn, "logGroupArn is null");
    requireNonNull(counts, "counts is null");
    requireNonNull(failure, "failure is null");
  }

  static ImportInfo of(ImportTableDescription table) {
    return new ImportInfo(
        ImportArn.parse(table.importArn()),
        status(table.importStatus()),
        orEmpty(table.tableId()),
        source(table.s3BucketSource()),
        orEmpty(table.inputFormatAsString()),
        orEmpty(table.inputCompressionTypeAsString()),
        Optional.ofNullable(table.startTime()),
        Optional.ofNullable(table.endTime()),
        Optional.ofNullable(table.cloudWatchLogGroupArn()),
        Optional.of(
            new Counts(
                orZero(table.processedItemCount()),
                orZero(table.importedItemCount()),
                orZero(table.errorCount()),
                table.processedSizeBytes() == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(table.processedSizeBytes()))),
        Optional.ofNullable(table.failureCode())
            .map(code -> new Failure(code, orEmpty(table.failureMessage()))));
  }

  static ImportInfo of(ImportSummary listed) {
    return new ImportInfo(
        ImportArn.parse(listed.importArn()),
        status(listed.importStatus()),
        "",
        source(listed.s3BucketSource()),
        orEmpty(listed.inputFormatAsString()),
        "",
        Optional.ofNullable(listed.startTime()),
        Optional.ofNullable(listed.endTime()),
        Optional.ofNullable(listed.cloudWatchLogGroupArn()),
        Optional.empty(),
        Optional.empty());
  }

  public String tableName() {
    return arn.tableName();
  }

  /** Whether AWS does nothing more about it. */
  public boolean hasEnded() {
    return status == Status.COMPLETED || status == Status.FAILED || status == Status.CANCELLED;
  }

  /** The log group's name, which AWS's console shows. */
  public Optional<String> logGroup() {
    return logGroupArn.map(
        text -> text.replaceFirst("^.*:log-group:", "").replaceFirst(":\\*$", ""));
  }

  /** The stream of the log group that tells what could not be read. */
  public String errorLogStream() {
    return arn.id() + "/error";
  }

  /** A status that this version does not know is one on the way. */
  private static Status status(@Nullable ImportStatus status) {
    if (status == null || status == ImportStatus.UNKNOWN_TO_SDK_VERSION) {
      return Status.IN_PROGRESS;
    }
    return Status.valueOf(status.name());
  }

  private static String source(@Nullable S3BucketSource source) {
    return source == null
        ? ""
        : ImportFiles.location(orEmpty(source.s3Bucket()), orEmpty(source.s3KeyPrefix()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
