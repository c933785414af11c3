// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

/** What an export holds (AWS: ExportType). */
public enum ExportType {
  /** All items as of one moment. */
  FULL_EXPORT,
  /** What changed between two moments, one record a key. */
  INCREMENTAL_EXPORT
}
