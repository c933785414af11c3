// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

/** What becomes of an item whose key the table has already. */
public enum LoadConflict {
  /** It replaces the one in the table. */
  OVERWRITE,
  /** It is left out and counted. */
  SKIP,
  /** It is listed as failed; the one in the table stays. */
  FAIL
}
