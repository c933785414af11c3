// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.error;

import static io.dynavault.core.error.ErrorCategory.ACCESS;
import static io.dynavault.core.error.ErrorCategory.CONFLICT;
import static io.dynavault.core.error.ErrorCategory.CORRUPT;
import static io.dynavault.core.error.ErrorCategory.EXTERNAL;
import static io.dynavault.core.error.ErrorCategory.INTERNAL;
import static io.dynavault.core.error.ErrorCategory.NOT_FOUND;
import static io.dynavault.core.error.ErrorCategory.STATE_UNKNOWN;
import static io.dynavault.core.error.ErrorCategory.USER;

/**
 * Every error a user can meet: its category, the exit code of the command line and the remedy that
 * fits when the place that failed knows no better one. Exit codes are stable.
 */
public enum ErrorCode {
  USAGE(USER, 2, "run the command with --help for its options"),
  CONFIG_INVALID(USER, 2, "correct the named options; docs/reference/config.md lists them all"),
  FILTER_INVALID(USER, 2, "write the filter in DynamoDB's expression syntax"),
  KEY_SCHEMA_MISMATCH(USER, 13, "restore into a table with the same key schema"),
  ITEM_INVALID(USER, 1, "correct or filter out the named item"),
  TIME_INVALID(USER, 2, "give a time inside the window that is named"),
  NAME_INVALID(USER, 2, "table names have 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'"),

  TABLE_NOT_FOUND(NOT_FOUND, 10, "check the table's name, --region and --endpoint-url"),
  VAULT_NOT_FOUND(NOT_FOUND, 10, "create it with: dynavault vault create"),
  RECOVERY_POINT_NOT_FOUND(NOT_FOUND, 10, "see what there is with: dynavault list"),
  RECOVERY_POINT_AMBIGUOUS(USER, 2, "give more characters of the id"),
  EXPORT_NOT_FOUND(
      NOT_FOUND, 10, "give the location of the folder that holds manifest-summary.json"),
  RESOURCE_NOT_FOUND(NOT_FOUND, 10, "check its name, --region and the account of the credentials"),
  OBJECT_NOT_FOUND(NOT_FOUND, 10, "check the location; verify the recovery point"),

  TABLE_EXISTS(CONFLICT, 13, "restore under another name with --target-table"),
  RESOURCE_IN_USE(CONFLICT, 1, "wait until the other operation has ended, then run again"),
  REQUEST_CONFLICT(CONFLICT, 1, "see what the other request does, then run again"),
  PITR_OFF(
      CONFLICT,
      1,
      "switch on point-in-time recovery; only what happens from then on is restorable"),
  STREAM_UNFIT(
      CONFLICT, 13, "give the table a stream with NEW_AND_OLD_IMAGES, or back it up by schedule"),
  TABLE_NOT_EMPTY(CONFLICT, 13, "say what to do with existing items with --on-conflict"),
  TABLE_CHANGED(CONFLICT, 1, "run the backup again"),
  ITEM_CONFLICT(CONFLICT, 13, "choose another --on-conflict"),
  VAULT_EXISTS(CONFLICT, 13, "use the vault that is there"),
  RECOVERY_POINT_EXISTS(CONFLICT, 13, "compare both with: dynavault describe"),
  RECOVERY_POINT_NEEDED(
      CONFLICT, 13, "delete what builds on it with it: --with-dependents; see: dynavault list"),
  LEASE_HELD(
      CONFLICT, 11, "wait for the other run to end; its lease runs out by itself if it died"),
  LEASE_LOST(CONFLICT, 11, "another run took over; see what it did with: dynavault list"),
  LOCKED(ACCESS, 12, "the vault's lock or a hold protects it until the time named"),

  ACCESS_DENIED(ACCESS, 12, "grant the permission that is named"),
  CREDENTIALS(ACCESS, 12, "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),

  THROTTLED(
      ErrorCategory.THROTTLED, 14, "lower the budget or run again when the table is less busy"),
  LIMIT_EXCEEDED(
      ErrorCategory.THROTTLED,
      14,
      "wait until other operations of this account have ended, or ask AWS for a higher quota"),
  SERVICE_UNAVAILABLE(EXTERNAL, 14, "run again later; a backup goes on with --resume"),
  STORE_FAILED(EXTERNAL, 1, "check that the location is reachable, writable and not full"),
  STORE_FULL(EXTERNAL, 1, "free space there, or choose another location"),
  REQUEST_REFUSED(EXTERNAL, 1, "see the message of the service"),
  SERVER_NOT_STARTED(EXTERNAL, 1, "start the servers from a source checkout"),
  UNSUPPORTED(EXTERNAL, 1, "this endpoint does not offer the operation"),

  NOTIFICATION_FAILED(EXTERNAL, 1, "check the settings under notify with: dynavault notify test"),

  DAMAGED(CORRUPT, 4, "see what is affected with: dynavault verify"),
  FORMAT_UNSUPPORTED(CORRUPT, 1, "use a newer dynavault"),

  INCOMPLETE(EXTERNAL, 3, "see the failures listed; run again"),
  DEMO_FAILED(EXTERNAL, 1, "see the failure above; please report it"),
  ALL_FAILED(EXTERNAL, 1, "see the failures listed"),
  OUTCOME_UNKNOWN(STATE_UNKNOWN, 15, "look at the target before running again"),
  INTERRUPTED(USER, 130, "run it again; a backup goes on with --resume"),
  BUG(INTERNAL, 70, "please report this with the text above");

  private final ErrorCategory category;
  private final int exitCode;
  private final String hint;

  ErrorCode(ErrorCategory category, int exitCode, String hint) {
    this.category = category;
    this.exitCode = exitCode;
    this.hint = hint;
  }

  public ErrorCategory category() {
    return category;
  }

  /** Exit code of the command line for this error. */
  public int exitCode() {
    return exitCode;
  }

  /** The remedy to print when the exception brings none of its own. */
  public String hint() {
    return hint;
  }
}
