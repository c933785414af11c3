// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is going to be exported of a table.
 *
 * @param estimatedItems as the table reports them; can be hours old
 * @param estimatedBytes as the table reports them; AWS bills full exports by the table's size and
 *     windows by the size of the changes, 10 MB at least
 * @param orders one for each export; none where there is nothing to export yet
 * @param notes what is worth knowing before it is run, one sentence each
 */
public record ExportPlan(
    String tableName,
    long estimatedItems,
    long estimatedBytes,
    List<ExportOrder> orders,
    List<String> notes) {
  public ExportPlan {
    requireNonNull(tableName, "tableName is null");
    orders = List.copyOf(orders);
    notes = List.copyOf(notes);
  }
}
