// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one running job. Workers add; a display reads {@link #snapshot()} as often as it
 * likes. Safe for several threads.
 */
public final class Progress {
  private final String subject;
  private final AtomicLong expectedItems = new AtomicLong();
  private final AtomicLong expectedBytes = new AtomicLong();
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder storedBytes = new LongAdder();
  private final DoubleAdder capacityUnits = new DoubleAdder();
  private final LongAdder throttles = new LongAdder();
  private volatile String phase = "";

  /**
   * @param subject what is worked on, such as the table's name
   */
  public Progress(String subject) {
    this.subject = subject;
  }

  /** What the counters are expected to reach; 0 where nobody knows. */
  public void expect(long items, long bytes) {
    expectedItems.set(items);
    expectedBytes.set(bytes);
  }

  /** Names what is being done now, such as {@code reading} or {@code verifying}. */
  public void phase(String name) {
    phase = name;
  }

  /** Adds items and their bytes by DynamoDB's size rules. */
  public void add(long moreItems, long moreBytes) {
    items.add(moreItems);
    bytes.add(moreBytes);
  }

  public void addStored(long moreBytes) {
    storedBytes.add(moreBytes);
  }

  public void addCapacity(double units) {
    capacityUnits.add(units);
  }

  public void addThrottle() {
    throttles.increment();
  }

  /** The counters as they are now. */
  public Snapshot snapshot() {
    return new Snapshot(
        subject,
        phase,
        expectedItems.get(),
        expectedBytes.get(),
        items.sum(),
        bytes.sum(),
        storedBytes.sum(),
        capacityUnits.sum(),
        throttles.sum());
  }

  /**
   * @param expectedItems 0 where unknown; a table's own count can be hours old
   * @param expectedBytes 0 where unknown
   * @param bytes by DynamoDB's size rules
   * @param storedBytes bytes written to or read from the store
   * @param capacityUnits consumed read or write units
   * @param throttles answers of the service that asked to slow down
   */
  public record Snapshot(
      String subject,
      String phase,
      long expectedItems,
      long expectedBytes,
      long items,
      long bytes,
      long storedBytes,
      double capacityUnits,
      long throttles) {}
}
