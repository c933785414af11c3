// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a job of AWS Backup is: CREATED → (PENDING) → RUNNING → COMPLETED or FAILED; EXPIRED if it
 * did not start within its window, ABORTED if it was stopped.
 */
public enum JobState {
  CREATED,
  PENDING,
  RUNNING,
  ABORTING,
  ABORTED,
  COMPLETED,
  FAILED,
  EXPIRED,
  PARTIAL,
  /** A state that AWS has added since. */
  UNKNOWN;

  /** Whether it stays as it is. */
  public boolean isFinal() {
    return switch (this) {
      case ABORTED, COMPLETED, FAILED, EXPIRED, PARTIAL -> true;
      case CREATED, PENDING, RUNNING, ABORTING, UNKNOWN -> false;
    };
  }

  static JobState of(@Nullable String text) {
    for (JobState state : values()) {
      if (text != null && state.name().equals(text.toUpperCase(Locale.ROOT))) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
