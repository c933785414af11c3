// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a table into segments. Items are spread over segments by the hash of their partition key, so
 * equal segments hold about equal shares; one hot partition stays in one segment. Small segments
 * let idle workers take over what is left, and each becomes data files of a handy size.
 */
public final class SegmentPlanner {
  private static final long BYTES_PER_SEGMENT = 64L << 20;
  private static final int SEGMENTS_PER_WORKER = 4;
  private static final long SMALL_TABLE = 1L << 20;

  /** ImportTable takes 50,000 objects at most; rolled files need room below that. */
  private static final int MOST_PLANNED = 20_000;

  private SegmentPlanner() {}

  /**
   * The number of segments for a table.
   *
   * @param tableBytes size that the table reports, which can be hours old
   */
  public static int totalSegments(long tableBytes, int workers) {
    if (tableBytes > 0 && tableBytes < SMALL_TABLE) {
      return workers;
    }
    long bySize = (tableBytes + BYTES_PER_SEGMENT - 1) / BYTES_PER_SEGMENT;
    return (int) Math.max((long) workers * SEGMENTS_PER_WORKER, Math.min(bySize, MOST_PLANNED));
  }

  /** All segments of a scan with this many. */
  public static List<Segment> segments(int total) {
    return IntStream.range(0, total).mapToObj(number -> new Segment(number, total)).toList();
  }
}
