// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentPlannerTest {

  @Test
  void aLargeTableHasManyMoreSegmentsThanWorkers() {
    assertThat(SegmentPlanner.totalSegments(10L << 30, 8)).isEqualTo(160);
  }

  @Test
  void aTableWhoseSizeIsNotKnownYetStillFeedsAllWorkers() {
    assertThat(SegmentPlanner.totalSegments(0, 8)).isEqualTo(32);
  }

  @Test
  void aSmallTableIsNotCutIntoMoreRequestsThanItIsWorth() {
    assertThat(SegmentPlanner.totalSegments(10_000, 4)).isEqualTo(4);
  }

  @Test
  void aHugeTableStaysBelowTheObjectsThatImportTableTakes() {
    assertThat(SegmentPlanner.totalSegments(100L << 40, 64)).isEqualTo(20_000);
  }

  @Test
  void segmentsAreDisjointAndComplete() {
    assertThat(SegmentPlanner.segments(5))
        .extracting(Segment::number)
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(SegmentPlanner.segments(5)).allMatch(segment -> segment.total() == 5);
  }
}
