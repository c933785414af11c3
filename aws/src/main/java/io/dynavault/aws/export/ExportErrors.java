// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;

/** What AWS says about exports, in our words and with what to do about it. */
final class ExportErrors {
  private ExportErrors() {}

  /** Whether AWS refused for this reason. */
  static boolean is(DynavaultException failure, String awsError) {
    return failure instanceof RefusedException refused && refused.awsError().equals(awsError);
  }

  /** A refused start, told with the table's name. */
  static DynavaultException ofStart(ExportOrder order, RefusedException refused) {
    String reason = reason(refused);
    return switch (refused.awsError()) {
      case "PointInTimeRecoveryUnavailableException" ->
          failed(
              ErrorCode.PITR_OFF,
              order,
              "point-in-time recovery is off",
              "turn it on with: dynavault pitr enable --table " + order.tableName(),
              refused);
      case "TableNotFoundException" ->
          failed(
              ErrorCode.TABLE_NOT_FOUND,
              order,
              "there is no such table",
              ErrorCode.TABLE_NOT_FOUND.hint(),
              refused);
      case "InvalidExportTimeException" ->
          failed(
              ErrorCode.TIME_INVALID,
              order,
              "AWS does not take the time " + order.spanText() + ": " + reason,
              "choose a time that point-in-time recovery covers; see: dynavault pitr status --table"
                  + " "
                  + order.tableName(),
              refused);
      case "LimitExceededException" ->
          failed(
              ErrorCode.LIMIT_EXCEEDED,
              order,
              "too many exports are in work: " + reason,
              "wait for others to end; an account may have 300 exports, or 100 TB, at a time",
              refused);
      case "ExportConflictException" ->
          failed(
              ErrorCode.REQUEST_CONFLICT,
              order,
              "AWS was asked with the same client token for something else",
              "use another request key, or wait eight hours",
              refused);
      default -> refused;
    };
  }

  /** An export that AWS took on and could not finish. */
  static DynavaultException ofFailure(StartedExport started, ExportState.Failure failure) {
    String message =
        "unable to export table '%s': %s: %s"
            .formatted(started.tableName(), failure.code(), failure.message());
    String bucket = started.order().place().bucket();
    return switch (failure.code()) {
      case "S3NoSuchBucket" ->
          new DynavaultException(
              ErrorCode.VAULT_NOT_FOUND,
              message,
              "create bucket '%s', or check --vault and --bucket-owner".formatted(bucket));
      case "S3AccessDenied" ->
          new DynavaultException(
              ErrorCode.ACCESS_DENIED,
              message,
              ("grant s3:PutObject, s3:PutObjectAcl and s3:AbortMultipartUpload on bucket '%s';"
                      + " name the account that has it with --bucket-owner")
                  .formatted(bucket));
      case "KmsNotFoundException" ->
          new DynavaultException(
              ErrorCode.REQUEST_REFUSED,
              message,
              "name a key of the bucket's region with --sse-kms-key-id");
      default ->
          new DynavaultException(
              ErrorCode.REQUEST_REFUSED, message, "see AWS's message; then export again");
    };
  }

  /** What AWS said, without what was called. */
  private static String reason(RefusedException refused) {
    String mark = refused.awsError() + ": ";
    int at = refused.getMessage().indexOf(mark);
    return at < 0 ? refused.getMessage() : refused.getMessage().substring(at + mark.length());
  }

  private static DynavaultException failed(
      ErrorCode code, ExportOrder order, String reason, String hint, RefusedException cause) {
    return new DynavaultException(
        code, "unable to export table '%s': %s".formatted(order.tableName(), reason), hint, cause);
  }
}
