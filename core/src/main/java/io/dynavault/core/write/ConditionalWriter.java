// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;

/**
 * Puts items one by one on the condition that the table has none of that key, because
 * BatchWriteItem knows no conditions. What is there is never replaced, not even when somebody
 * writes at the same time.
 */
public final class ConditionalWriter implements BatchSink {

  /** What an item means that is already there. */
  public enum OnExisting {
    /** It is counted as skipped. */
    SKIP,
    /** It is reported as failed. */
    FAIL,
    /**
     * It is reported as failed unless it is the very item: for tables that were seen not to have
     * the key, where it may be our own put whose answer was lost.
     */
    FAIL_UNLESS_SAME
  }

  private static final String OPERATION = "PutItem";

  private final TableWriter table;
  private final OnExisting onExisting;
  private final String condition;
  private final ThreadLocal<RequestBody> requests = ThreadLocal.withInitial(RequestBody::new);
  private final ThreadLocal<ResponseBuffer> responses =
      ThreadLocal.withInitial(ResponseBuffer::new);

  public ConditionalWriter(TableWriter table, OnExisting onExisting) {
    this.table = requireNonNull(table, "table is null");
    this.onExisting = requireNonNull(onExisting, "onExisting is null");
    this.condition =
        ",\"ConditionExpression\":\"attribute_not_exists(#k)\",\"ExpressionAttributeNames\":{\"#k\":"
            + RequestBody.quote(table.keys().schema().partitionKey().name())
            + "}}";
  }

  @Override
  public void write(WriteBatch batch) throws InterruptedException {
    for (int index = 0; index < batch.count(); index++) {
      put(batch, index);
    }
  }

  private void existing(WriteBatch batch, int index) throws InterruptedException {
    if (onExisting == OnExisting.SKIP) {
      table.counters().addSkipped();
    } else if (onExisting == OnExisting.FAIL_UNLESS_SAME
        && new StoredItem(table).equals(batch, index)) {
      table.counters().addWritten(1);
    } else {
      table.fail(batch, index, "the table has an item of this key");
    }
  }

  private void put(WriteBatch batch, int index) throws InterruptedException {
    double estimate = batch.units(index);
    for (int attempt = 1; ; attempt++) {
      table.rate().acquire(estimate);
      try {
        send(batch, index, estimate);
        table.counters().addWritten(1);
        return;
      } catch (ThrottledException e) {
        table.counters().addThrottle();
        table.rate().throttled(attempt, estimate);
      } catch (RefusedException e) {
        // A condition that fails is charged like the write it stopped.
        table.rate().consumed(estimate, estimate);
        refused(batch, index, e);
        return;
      }
    }
  }

  private void send(WriteBatch batch, int index, double estimate) {
    RequestBody request = requests.get();
    request.reset();
    request.text("{\"TableName\":").text(RequestBody.quote(table.table()));
    request.text(",\"ReturnConsumedCapacity\":\"TOTAL\",\"Item\":");
    request.write(batch.array(), batch.documentOffset(index), batch.documentLength(index));
    request.text(condition);
    ResponseBuffer response = responses.get();
    table.transport().call(OPERATION, request.array(), request.size(), response);
    double units = WriteAnswer.ofPut(response).capacityUnits().orElse(estimate);
    table.rate().consumed(estimate, units);
    table.counters().addUnits(units);
  }

  private void refused(WriteBatch batch, int index, RefusedException cause)
      throws InterruptedException {
    if (cause.awsError().equals("ConditionalCheckFailedException")) {
      existing(batch, index);
    } else if (BatchWriter.isAboutItems(cause)) {
      table.fail(batch, index, cause.getMessage());
    } else {
      throw cause;
    }
  }
}
