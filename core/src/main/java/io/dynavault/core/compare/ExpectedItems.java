// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import io.dynavault.core.content.ItemContent;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.scan.TableScan.ScannedItems;

/** The items that a table is compared with: those of a recovery point, or of another table. */
public interface ExpectedItems {

  /** What reports call it, such as {@code table 'orders'}. */
  String name();

  /** Where they come from, which decides what a comparison can prove. */
  Origin origin();

  /** Where items come from that a table is compared with. */
  enum Origin {
    /** Written once, with checksums: what differs is not what was backed up. */
    RECOVERY_POINT,
    /** A table that may have been written to since: what differs may have changed there. */
    SOURCE_TABLE
  }

  /** Counts them; reads the table where only that can tell. */
  long count() throws InterruptedException;

  /**
   * Hands out all items, from several threads.
   *
   * @param workers files read at the same time
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where they are not whole
   */
  void read(int workers, RunContext context, ScannedItems items) throws InterruptedException;

  /** Those of a recovery point or export. */
  static ExpectedItems of(ItemContent content) {
    return new RecoveryPointItems(content);
  }

  /** Those of a table as it is now. */
  static ExpectedItems of(TableScan table) {
    return new TableItems(table, "reading the source table");
  }
}
