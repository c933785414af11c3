// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

/** Whether an item belongs to a selection, and if not, why. */
public enum ItemDecision {
  /** It belongs to it. */
  SELECTED,
  /** No key condition chooses it. */
  OTHER_KEY,
  /** The filter does not match it. */
  FILTERED,
  /** Its time to live is over. */
  EXPIRED
}
