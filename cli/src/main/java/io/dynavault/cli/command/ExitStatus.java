// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import java.util.List;

/** How the command can end. The codes are stable. */
public enum ExitStatus {
  OK(0, "done"),
  FAILED(1, "failed"),
  USAGE(2, "wrong usage or configuration; nothing was done"),
  INCOMPLETE(3, "finished, but not for all tables, items or recovery points"),
  DAMAGED(4, "verification found damage or differences"),
  NOT_FOUND(10, "table, vault or recovery point not found"),
  LOCKED(11, "another run holds the lease"),
  ACCESS_DENIED(12, "access denied, wrong credentials or protected by a lock"),
  CONFLICT(13, "the target exists, is not empty or does not match; or others need it"),
  UNAVAILABLE(14, "throttled, or service unavailable after retries"),
  OUTCOME_UNKNOWN(15, "outcome unknown; look at the target before running again"),
  BUG(70, "internal error; please report it"),
  INTERRUPTED(130, "interrupted by SIGINT"),
  TERMINATED(143, "ended by SIGTERM");

  /** What every command can end with. */
  public static final List<ExitStatus> COMMON =
      List.of(OK, FAILED, USAGE, BUG, INTERRUPTED, TERMINATED);

  private final int code;
  private final String description;

  ExitStatus(int code, String description) {
    this.code = code;
    this.description = description;
  }

  public int code() {
    return code;
  }

  public String description() {
    return description;
  }
}
