// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.Locale;

/** What AWS says about imports, in our words and with what to do about it. */
final class ImportErrors {
  private ImportErrors() {}

  /** A refused start, told with the table's name. */
  static DynavaultException ofStart(ImportRequest request, RefusedException refused) {
    String message = "unable to import table '%s': ".formatted(request.tableName());
    return switch (refused.awsError()) {
      case "ResourceInUseException" -> exists(request.tableName(), refused);
      case "LimitExceededException" ->
          new DynavaultException(
              ErrorCode.LIMIT_EXCEEDED,
              message + "too many imports are in work: " + reason(refused),
              "wait for others to end, see: dynavault imports list; an account may have 50 at a"
                  + " time",
              refused);
      case "ImportConflictException" ->
          new DynavaultException(
              ErrorCode.REQUEST_CONFLICT,
              message + "AWS was asked with the same client token for something else",
              "wait until the other import has ended, see: dynavault imports list",
              refused);
      default -> refused;
    };
  }

  static DynavaultException exists(String tableName, Throwable cause) {
    return new DynavaultException(
        ErrorCode.TABLE_EXISTS, existsText(tableName), EXISTS_HINT, cause);
  }

  static DynavaultException exists(String tableName) {
    return new DynavaultException(ErrorCode.TABLE_EXISTS, existsText(tableName), EXISTS_HINT);
  }

  private static final String EXISTS_HINT =
      "AWS imports into new tables only: name another one; or wait for an import that was begun"
          + " before with --resume";

  private static String existsText(String tableName) {
    return "unable to import table '" + tableName + "': it exists";
  }

  /** An import that AWS took on and could not make a table of. */
  static DynavaultException ofFailure(ImportRequest request, ImportInfo ended) {
    String code = ended.failure().map(ImportInfo.Failure::code).orElse(ended.status().name());
    String text = ended.failure().map(ImportInfo.Failure::message).orElse("AWS has ended it");
    String message =
        "unable to import table '%s': %s: %s".formatted(request.tableName(), code, text);
    String bucket = request.files().bucket();
    if (code.equals("S3NoSuchBucket")) {
      return new DynavaultException(
          ErrorCode.OBJECT_NOT_FOUND, message, "check the name of bucket '%s'".formatted(bucket));
    }
    if (code.equals("S3AccessDenied")) {
      return new DynavaultException(
          ErrorCode.ACCESS_DENIED,
          message,
          ("grant s3:GetObject and s3:ListBucket on bucket '%s'; name the account that has it with"
                  + " --bucket-owner")
              .formatted(bucket));
    }
    if (code.toUpperCase(Locale.ROOT).startsWith("KMS")) {
      return new DynavaultException(
          ErrorCode.ACCESS_DENIED,
          message,
          "grant kms:Decrypt on the key of the files, and kms:DescribeKey and kms:CreateGrant on"
              + " that of the table");
    }
    if (code.equals("TableAlreadyExists")) {
      return new DynavaultException(
          ErrorCode.TABLE_EXISTS,
          message,
          "another import has made the table meanwhile, see: dynavault imports list");
    }
    return new DynavaultException(
        ErrorCode.REQUEST_REFUSED,
        message,
        "see AWS's message and: dynavault imports describe " + ended.arn());
  }

  /** What AWS said, without what was called. */
  private static String reason(RefusedException refused) {
    String mark = refused.awsError() + ": ";
    int at = refused.getMessage().indexOf(mark);
    return at < 0 ? refused.getMessage() : refused.getMessage().substring(at + mark.length());
  }
}
