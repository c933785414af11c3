// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static io.dynavault.core.error.ErrorCode.EXPORT_NOT_FOUND;
import static io.dynavault.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.dynavault.core.error.ErrorCode.PITR_OFF;
import static io.dynavault.core.error.ErrorCode.RECOVERY_POINT_NOT_FOUND;
import static io.dynavault.core.error.ErrorCode.REQUEST_CONFLICT;
import static io.dynavault.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.dynavault.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.dynavault.core.error.ErrorCode.TABLE_EXISTS;
import static io.dynavault.core.error.ErrorCode.TABLE_NOT_FOUND;
import static io.dynavault.core.error.ErrorCode.TIME_INVALID;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error of the control planes of DynamoDB and AWS Backup means, and what to do about it
 * (API references, "Errors" of each operation).
 *
 * @param hint one sentence, lower case, no full stop
 */
record Remedy(ErrorCode code, String hint) {
  private static final Map<String, Remedy> BY_NAME =
      Map.ofEntries(
          entry("TableNotFoundException", of(TABLE_NOT_FOUND)),
          entry("SourceTableNotFoundException", of(TABLE_NOT_FOUND)),
          entry("TableAlreadyExistsException", of(TABLE_EXISTS)),
          entry(
              "TableInUseException",
              of(RESOURCE_IN_USE, "wait until the other operation on this table has ended")),
          entry("ResourceInUseException", of(RESOURCE_IN_USE)),
          entry("InvalidResourceStateException", of(RESOURCE_IN_USE)),
          entry(
              "ContinuousBackupsUnavailableException",
              of(RESOURCE_IN_USE, "the table was made moments ago: run again in some seconds")),
          entry(
              "BackupInUseException",
              of(
                  RESOURCE_IN_USE,
                  "a backup feeds one restore at a time and is not deleted meanwhile: wait until"
                      + " that restore has ended")),
          entry(
              "BackupNotFoundException",
              of(
                  RECOVERY_POINT_NOT_FOUND,
                  "AWS has no such backup: it was deleted or has expired")),
          entry("PointInTimeRecoveryUnavailableException", of(PITR_OFF)),
          entry("InvalidRestoreTimeException", of(TIME_INVALID)),
          entry("InvalidExportTimeException", of(TIME_INVALID)),
          entry(
              "ExportNotFoundException",
              of(
                  EXPORT_NOT_FOUND,
                  "AWS forgets exports after 90 days; their files stay in the bucket")),
          entry(
              "ImportNotFoundException",
              of(RESOURCE_NOT_FOUND, "AWS forgets imports after 90 days")),
          entry(
              "ExportConflictException",
              of(REQUEST_CONFLICT, "wait until the other export of this table has ended")),
          entry(
              "ImportConflictException",
              of(REQUEST_CONFLICT, "wait until the other import into this table has ended")),
          entry("IdempotentParameterMismatchException", of(REQUEST_CONFLICT)),
          entry("ConflictException", of(REQUEST_CONFLICT)),
          entry(
              "AlreadyExistsException",
              of(REQUEST_CONFLICT, "the name is taken: choose another or use what is there")),
          entry("LimitExceededException", of(LIMIT_EXCEEDED)));

  private static final Set<String> OF_STREAMS =
      Set.of("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams");

  private static final Pattern NOT_AUTHORIZED =
      Pattern.compile(
          "not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)(?: on resource: (\\S+))?"
              + "(.* with an explicit deny(?: in an? ([a-z -]+ policy))?)?");

  Remedy {
    requireNonNull(code, "code is null");
    requireNonNull(hint, "hint is null");
  }

  private static Remedy of(ErrorCode code) {
    return new Remedy(code, code.hint());
  }

  private static Remedy of(ErrorCode code, String hint) {
    return new Remedy(code, hint);
  }

  /** The one for an error of this name; empty if there is nothing special to say. */
  static Optional<Remedy> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * What to do when access is denied. The action that is missing need not be the operation: a
   * restore also needs the right to write items.
   */
  static String ofAccessDenied(String operation, String message) {
    Matcher denial = NOT_AUTHORIZED.matcher(message);
    if (denial.find()) {
      String what = denial.group(1) + (denial.group(2) == null ? "" : " on " + denial.group(2));
      if (denial.group(3) == null) {
        return "grant " + what + " to these credentials";
      }
      String policy = denial.group(4) == null ? "policy" : denial.group(4);
      return "a " + policy + " denies " + what + ": no grant helps while it does";
    }
    if (operation.startsWith("backup:") && message.startsWith("Insufficient privileges")) {
      return "check the vault's name, for AWS says the same of a vault that does not exist; grant "
          + operation
          + " to these credentials";
    }
    return operation.contains(":")
        ? "grant " + operation + " to these credentials"
        : "grant dynamodb:"
            + operation
            + (OF_STREAMS.contains(operation) ? " on the table's streams" : " on the table")
            + " to these credentials";
  }
}
