// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.export.ExportSpan;

/**
 * One export that AWS is asked for.
 *
 * @param table as it is when the export is ordered; the recovery point keeps it
 * @param span the moment or the window
 * @param timing whether the moment is the one that somebody has named
 */
public record ExportOrder(
    TableDefinition table,
    ExportPlace place,
    ExportSpan span,
    MomentChoice timing,
    ExportOptions options) {

  /** Who has chosen the moment of a full export. */
  public enum MomentChoice {
    /** Somebody named it: it or nothing. */
    NAMED,
    /** Nobody: AWS may take the moment at which it starts. */
    NOW
  }

  public ExportOrder {
    requireNonNull(table, "table is null");
    requireNonNull(place, "place is null");
    requireNonNull(span, "span is null");
    requireNonNull(timing, "timing is null");
    requireNonNull(options, "options is null");
  }

  public String tableName() {
    return table.tableName();
  }

  /**
   * The token by which AWS knows this order again: equal orders have equal ones, so that a repeated
   * order starts, and costs, nothing.
   */
  public String clientToken() {
    return ClientToken.of(this);
  }

  /** Such as {@code 2026-11-21T09:00:00Z} or {@code … to …}. */
  String spanText() {
    return span instanceof ExportSpan.Window window
        ? window.from() + " to " + window.to()
        : ((ExportSpan.Moment) span).exportTime().toString();
  }
}
