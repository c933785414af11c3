// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import java.util.OptionalDouble;

/**
 * Chooses how many items to ask for with the next page of a segment. A page ends at 1 MB anyway;
 * the limit matters where the server reads far ahead without one (DynamoDB Local walks the whole
 * table for each page) and where the budget per second is smaller than a full page. It follows the
 * size of the items on the last page. Confined to one thread.
 */
final class PageLimit {
  private static final long PAGE_BYTES = 1L << 20;
  private static final int MOST = 20_000;
  private static final int FIRST = 1_000;

  /** A limit somewhat above what 1 MB holds never makes a page smaller than the server would. */
  private static final double ROOM = 1.25;

  private final double wantedBytes;
  private int items;

  /**
   * @param unitsPerSecond the read budget; empty is without limit
   * @param bytesPerUnit bytes that one capacity unit reads
   * @param averageItemBytes as the table reports it; 0 where unknown
   */
  PageLimit(OptionalDouble unitsPerSecond, int bytesPerUnit, long averageItemBytes) {
    double bytesPerSecond = unitsPerSecond.orElse(Double.POSITIVE_INFINITY) * bytesPerUnit;
    this.wantedBytes = Math.min(PAGE_BYTES * ROOM, bytesPerSecond);
    this.items =
        averageItemBytes > 0 ? limit((double) averageItemBytes) : Math.min(FIRST, limit(1024));
  }

  int items() {
    return items;
  }

  /** Learns from a page: how many items the server read for it, and their bytes. */
  void seen(long readItems, long readBytes) {
    if (readItems > 0 && readBytes > 0) {
      items = limit((double) readBytes / readItems);
    }
  }

  private int limit(double itemBytes) {
    return (int) Math.max(1, Math.min(MOST, wantedBytes / itemBytes));
  }
}
