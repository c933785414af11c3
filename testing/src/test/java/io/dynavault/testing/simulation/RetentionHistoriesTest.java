// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Retention in whole vaults of random histories; {@code -Dretention.histories=10000} makes as many.
 * That the plan itself is safe is shown on 10,000 histories by ExpirePlannerProperties.
 */
class RetentionHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("retention.histories", 1_000);
  private static final long FIRST_SEED = Long.getLong("retention.seed", 20_261_121);

  @Test
  @Tag("G6")
  @Tag("F3")
  @Tag("F6")
  @Tag("F7")
  void retentionRemovesNothingThatMustStay() {
    Queue<String> violations = new ConcurrentLinkedQueue<>();
    long removed =
        LongStream.range(FIRST_SEED, FIRST_SEED + HISTORIES)
            .parallel()
            .map(seed -> removed(seed, violations))
            .sum();
    new Scorecard()
        .set("histories", HISTORIES)
        .set("seed.first", FIRST_SEED)
        .set("removed", removed)
        .set("violations", violations.size())
        .write("retention-histories");

    assertThat(List.copyOf(violations)).isEmpty();
    assertThat(removed).as("recovery points removed").isGreaterThan(HISTORIES / 2);
  }

  private static long removed(long seed, Queue<String> violations) {
    try {
      return new RetentionHistory(seed).run();
    } catch (AssertionError | InterruptedException | RuntimeException e) {
      violations.add("seed " + seed + ": " + e);
      return 0;
    }
  }
}
