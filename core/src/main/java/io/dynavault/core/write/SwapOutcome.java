// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static java.util.Objects.requireNonNull;

/**
 * How the change of one item has ended.
 *
 * @param reason why it was not done, for people; empty if it was
 */
public record SwapOutcome(Kind kind, String reason) {
  public SwapOutcome {
    requireNonNull(kind, "kind is null");
    requireNonNull(reason, "reason is null");
  }

  /** How it has ended. */
  public enum Kind {
    /** The item is what it was to become. */
    DONE,
    /** Somebody else has changed the item since it was seen; what they wrote is there. */
    CHANGED,
    /** The server refuses the item. */
    REFUSED
  }

  static SwapOutcome done() {
    return new SwapOutcome(Kind.DONE, "");
  }

  static SwapOutcome changed() {
    return new SwapOutcome(Kind.CHANGED, "somebody else has changed it meanwhile");
  }

  static SwapOutcome refused(String reason) {
    return new SwapOutcome(Kind.REFUSED, reason);
  }
}
