// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

/** Whether a recovery point is worth what a rule counts. */
public enum Quality {
  /** Whole and complete: the only ones that count as backups of a table. */
  GOOD,
  /** A filter or projection left something out: counted apart, among its like. */
  FILTERED,
  /** Known to be damaged or to lack files: never counts. */
  DAMAGED
}
