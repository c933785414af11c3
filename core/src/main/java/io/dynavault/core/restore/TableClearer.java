// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.scan.TableScan;
import io.dynavault.core.write.BatchFiller;
import io.dynavault.core.write.BatchSink;
import io.dynavault.core.write.WritePipeline;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.KeyReader;
import java.util.List;

/**
 * Deletes all items of a table. The table itself stays: its ARN, stream and settings do not change.
 */
final class TableClearer {
  private final TableScan table;
  private final KeyReader keys;

  TableClearer(TableScan table, KeyReader keys) {
    this.table = table;
    this.keys = keys;
  }

  void clear(BatchSink sink, int writers) throws InterruptedException {
    new WritePipeline<TableScan>(sink, 1, writers).run(List.of(table), this::deleteAll);
  }

  private void deleteAll(TableScan scan, BatchFiller filler) throws InterruptedException {
    scan.scan(
        (json, offset, length) -> {
          byte[] key = DynamoDbJson.encode(keys.attributes(keys.read(json, offset, length)));
          synchronized (filler) {
            filler.delete(key, 0, key.length);
          }
        });
  }
}
