// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

/** How far a price can be trusted. */
public enum PriceQuality {
  /** Stated by a dated source that quotes AWS's own price list. */
  LISTED,
  /** Stated by third parties. */
  REPORTED,
  /** No source that could be checked. */
  UNCONFIRMED,
  /** Given by the user. */
  OWN
}
