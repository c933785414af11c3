// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

/** What may happen to the last good recovery point of a table. */
public enum LastGood {
  KEEP,
  /** Only where the user said so, such as for a table that is gone for good. */
  MAY_REMOVE
}
