// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

/**
 * An item that is not the same on both sides.
 *
 * @param key the item's key as DynamoDB JSON, fit for printing
 */
public record Difference(Kind kind, String key) {
  /** How it differs. */
  public enum Kind {
    /** The recovery point has it, the table does not. */
    MISSING,
    /** The table has it, the recovery point does not. */
    EXTRA,
    /** Both have it with other attributes. */
    DIFFERENT
  }

  public Difference {
    requireNonNull(kind, "kind is null");
    requireNonNull(key, "key is null");
  }
}
