// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.KeyReader;

/**
 * What all ways of writing into a table share.
 *
 * @param keys reads the keys of the table's items
 * @param failures is told of items that the server refuses
 */
public record TableWriter(
    DynamoDbTransport transport,
    String table,
    KeyReader keys,
    RateController rate,
    WriteCounters counters,
    FailureListener failures) {
  public TableWriter {
    requireNonNull(transport, "transport is null");
    requireNonNull(table, "table is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(rate, "rate is null");
    requireNonNull(counters, "counters is null");
    requireNonNull(failures, "failures is null");
  }

  /** Reports and counts an item that cannot be written. */
  void fail(WriteBatch batch, int index, String reason) {
    counters.addFailed();
    failures.failed(display(batch, index), reason);
  }

  private String display(WriteBatch batch, int index) {
    try {
      return keys.display(
          keys.read(batch.array(), batch.documentOffset(index), batch.documentLength(index)));
    } catch (FormatException e) {
      return "(an item without a valid key: " + e.getMessage() + ")";
    }
  }
}
