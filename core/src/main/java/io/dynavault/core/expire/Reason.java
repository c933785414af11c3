// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

/**
 * Why a recovery point is kept or removed.
 *
 * @param text for people, such as {@code daily 2026-11-20}
 */
public record Reason(Kind kind, String text) {
  /** What speaks for keeping, or for removing. */
  public enum Kind {
    /** Locked, held or being read. */
    PROTECTED,
    /** Nobody could say whether it is whole. */
    UNKNOWN,
    /** Its lifecycle has not ended. */
    LIFECYCLE,
    /** Its time is in the future: it cannot be judged. */
    FUTURE_DATED,
    /** One of the newest. */
    LAST,
    /** Young enough. */
    WITHIN,
    /** The newest of an hour, day, week, month or year. */
    PERIOD,
    /** Changes that are kept build on it. */
    CHAIN,
    /** The last good one of its table. */
    LAST_GOOD,
    /** No rule is about it. */
    NO_RULE,
    /** Removed: rules are about it and none keeps it. */
    NOT_KEPT,
    /** Removed: its lifecycle has ended and no rule keeps it. */
    LIFECYCLE_ENDED
  }

  public Reason {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }
}
