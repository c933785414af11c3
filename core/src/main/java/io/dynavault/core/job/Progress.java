// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one running job. Workers add; a display reads {@link #snapshot()} as often as it
 * likes. Phases follow one another. Safe for several threads.
 */
public final class Progress {
  private final String subject;
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder storedBytes = new LongAdder();
  private final DoubleAdder capacityUnits = new DoubleAdder();
  private final LongAdder throttles = new LongAdder();
  private volatile Phase phase = new Phase("", 0, 0, 0, 0);

  /** What is being done now, and what the counters were when it began. */
  private record Phase(
      String name, long expectedItems, long expectedBytes, long itemsBefore, long bytesBefore) {}

  /**
   * @param subject what is worked on, such as the table's name
   */
  public Progress(String subject) {
    this.subject = subject;
  }

  /** What the counters are expected to reach; 0 where nobody knows. */
  public void expect(long items, long bytes) {
    Phase now = phase;
    phase = new Phase(now.name(), items, bytes, now.itemsBefore(), now.bytesBefore());
  }

  /**
   * Names what is being done now, such as {@code reading} or {@code committing}, as a part of what
   * the counters count.
   */
  public void phase(String name) {
    Phase now = phase;
    phase =
        new Phase(
            name, now.expectedItems(), now.expectedBytes(), now.itemsBefore(), now.bytesBefore());
  }

  /**
   * Begins something that reads or writes all items once more, such as {@code verifying}: items and
   * bytes are counted from here on.
   *
   * @param expectedItems 0 where nobody knows
   * @param expectedBytes 0 where nobody knows
   */
  public void begin(String name, long expectedItems, long expectedBytes) {
    phase = new Phase(name, expectedItems, expectedBytes, items.sum(), bytes.sum());
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
    Phase now = phase;
    return new Snapshot(
        subject,
        now.name(),
        now.expectedItems(),
        now.expectedBytes(),
        items.sum() - now.itemsBefore(),
        bytes.sum() - now.bytesBefore(),
        storedBytes.sum(),
        capacityUnits.sum(),
        throttles.sum());
  }

  /**
   * @param expectedItems 0 where unknown; a table's own count can be hours old
   * @param expectedBytes 0 where unknown
   * @param items since the last {@link #begin}
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
