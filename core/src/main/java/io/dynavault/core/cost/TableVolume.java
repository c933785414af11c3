// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSnapshot;

/**
 * How much a table holds, in bytes as DynamoDB counts them.
 *
 * @param tableBytes size of the items, without indexes
 * @param localIndexBytes size of the local secondary indexes together
 * @param globalIndexBytes size of the global secondary indexes together
 * @param indexCount secondary indexes of both kinds
 */
public record TableVolume(
    StorageClass storageClass,
    long itemCount,
    long tableBytes,
    long localIndexBytes,
    long globalIndexBytes,
    int indexCount) {

  /** The table classes that differ in price (AWS: TableClass). */
  public enum StorageClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
  }

  public TableVolume {
    requireNonNull(storageClass, "storageClass is null");
    requireNotNegative("itemCount", itemCount);
    requireNotNegative("tableBytes", tableBytes);
    requireNotNegative("localIndexBytes", localIndexBytes);
    requireNotNegative("globalIndexBytes", globalIndexBytes);
    requireNotNegative("indexCount", indexCount);
  }

  /** A standard table without indexes. */
  public static TableVolume of(long itemCount, long tableBytes) {
    return new TableVolume(StorageClass.STANDARD, itemCount, tableBytes, 0, 0, 0);
  }

  /** A live table as AWS has counted it, up to six hours ago, indexes included. */
  public static TableVolume of(TableSnapshot table) {
    TableVolume items = of(table.definition(), table.itemCount(), table.tableSizeBytes());
    return new TableVolume(
        items.storageClass(),
        items.itemCount(),
        items.tableBytes(),
        table.localIndexBytes(),
        table.globalIndexBytes(),
        items.indexCount());
  }

  /**
   * What a definition tells of a table; the sizes of indexes are not part of it, and count as 0.
   */
  public static TableVolume of(TableDefinition table, long itemCount, long tableBytes) {
    boolean infrequent =
        table.settings().tableClass().filter("STANDARD_INFREQUENT_ACCESS"::equals).isPresent();
    return new TableVolume(
        infrequent ? StorageClass.STANDARD_INFREQUENT_ACCESS : StorageClass.STANDARD,
        itemCount,
        tableBytes,
        0,
        0,
        table.localSecondaryIndexes().size() + table.globalSecondaryIndexes().size());
  }

  /** Table and local indexes: what backups, exports and point-in-time recovery are charged by. */
  long backedUpBytes() {
    return Math.addExact(tableBytes, localIndexBytes);
  }

  /** Table and all indexes: what native restores are charged by. */
  long restoredBytes() {
    return Math.addExact(backedUpBytes(), globalIndexBytes);
  }

  /** Write units for one item of average size; 1 for an empty table. */
  long writeUnitsPerItem() {
    long average = itemCount == 0 ? 0 : ceilDiv(tableBytes, itemCount);
    return Math.max(1, ceilDiv(average, 1024));
  }

  static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is negative: " + value);
    }
  }
}
