// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

/** What a restore into an existing table does with the items that are there. */
public enum ConflictPolicy {
  /** Refuses a table that has any items. */
  REQUIRE_EMPTY,
  /** Replaces items of the same key, leaves others. */
  OVERWRITE,
  /** Leaves items of the same key as they are. */
  SKIP,
  /** Writes nothing if any key of the recovery point is in the table. */
  FAIL,
  /**
   * Afterwards the table has exactly the items of the recovery point; equal ones are not written.
   */
  MAKE_IDENTICAL,
  /** Deletes all items first. */
  CLEAR;

  /** Whether items may be deleted that the recovery point does not have. */
  public boolean deletes() {
    return this == MAKE_IDENTICAL || this == CLEAR;
  }
}
