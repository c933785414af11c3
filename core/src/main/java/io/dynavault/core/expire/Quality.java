// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import io.dynavault.core.vault.RecoveryPoint;

/** Whether a recovery point is worth what a rule counts. */
public enum Quality {
  /** Whole and complete: the only ones that count as backups of a table. */
  GOOD,
  /** A filter or projection left something out: counted apart, among its like. */
  FILTERED,
  /** The changes of a window, which no table can be restored from alone: counted apart. */
  INCREMENTAL,
  /** Known to be damaged or to lack files: never counts. */
  DAMAGED,
  /** Nobody could say whether it is whole: kept, and never counts. */
  UNKNOWN;

  /** Of a recovery point that is not known to be damaged. */
  static Quality of(RecoveryPoint point) {
    if (point.isIncremental()) {
      return INCREMENTAL;
    }
    return point.filtered() ? FILTERED : GOOD;
  }
}
