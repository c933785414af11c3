// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.scan.TableScan.ScannedItems;

/**
 * The items of a table while they are read; the number of workers is the scan's.
 *
 * @param phase what progress calls reading them
 */
record TableItems(TableScan table, String phase) implements ExpectedItems {
  TableItems {
    requireNonNull(table, "table is null");
    requireNonNull(phase, "phase is null");
  }

  @Override
  public String name() {
    return "table '" + table.query().tableName() + "'";
  }

  @Override
  public Origin origin() {
    return Origin.SOURCE_TABLE;
  }

  @Override
  public long count() throws InterruptedException {
    return table.count();
  }

  @Override
  public void read(int workers, RunContext context, ScannedItems items)
      throws InterruptedException {
    context.progress().begin(phase, table.tableItems(), 0);
    table.scan(
        (json, offset, length) -> {
          context.progress().add(1, length);
          items.item(json, offset, length);
        });
  }
}
