// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What became of the items of a run. Safe for several threads. */
public final class WriteCounters {
  private final LongAdder written = new LongAdder();
  private final LongAdder deleted = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder throttles = new LongAdder();
  private final DoubleAdder units = new DoubleAdder();

  /** Items put into the table. */
  public long written() {
    return written.sum();
  }

  /** Items removed from the table. */
  public long deleted() {
    return deleted.sum();
  }

  /** Items left alone because the table has one of that key. */
  public long skipped() {
    return skipped.sum();
  }

  /** Items that the server refused; each was reported. */
  public long failed() {
    return failed.sum();
  }

  /** Items sent again because the server had not processed them. */
  public long retried() {
    return retried.sum();
  }

  /** Requests that were throttled. */
  public long throttles() {
    return throttles.sum();
  }

  /** Consumed write capacity units. */
  public double units() {
    return units.sum();
  }

  void addWritten(long items) {
    written.add(items);
  }

  void addDeleted(long items) {
    deleted.add(items);
  }

  void addSkipped() {
    skipped.increment();
  }

  void addFailed() {
    failed.increment();
  }

  void addRetried(long items) {
    retried.add(items);
  }

  void addThrottle() {
    throttles.increment();
  }

  void addUnits(double more) {
    units.add(more);
  }
}
