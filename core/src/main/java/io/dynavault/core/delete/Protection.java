// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;

/**
 * Why a recovery point must not be deleted now.
 *
 * @param text for people, such as {@code locked until 2026-12-21T00:00:00Z}
 */
public record Protection(Kind kind, String text) {
  /** What protects. */
  public enum Kind {
    /** The vault lock. */
    LOCK(ErrorCode.LOCKED),
    /** A hold that somebody put. */
    HOLD(ErrorCode.LOCKED),
    /** A restore, verify or copy that reads it. */
    READER(ErrorCode.LEASE_HELD),
    /** Incremental exports that cannot be restored without it. */
    CHAIN(ErrorCode.RECOVERY_POINT_NEEDED);

    private final ErrorCode code;

    Kind(ErrorCode code) {
      this.code = code;
    }

    /** What a deletion fails with. */
    public ErrorCode code() {
      return code;
    }
  }

  public Protection {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }
}
