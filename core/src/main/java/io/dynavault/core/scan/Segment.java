// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

/**
 * One of the disjoint parts of a parallel scan (AWS: Segment, TotalSegments).
 *
 * @param number from 0 to {@code total - 1}
 * @param total segments of the whole scan, 1 to 1,000,000
 */
public record Segment(int number, int total) {
  /** The most segments that a scan may have. */
  public static final int MOST = 1_000_000;

  public Segment {
    if (total < 1 || total > MOST) {
      throw new IllegalArgumentException("total segments out of range: " + total);
    }
    if (number < 0 || number >= total) {
      throw new IllegalArgumentException("segment " + number + " of " + total);
    }
  }
}
