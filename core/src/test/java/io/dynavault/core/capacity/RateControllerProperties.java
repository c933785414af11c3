// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.TestingTime;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RateControllerProperties {

  /** Whatever the pages cost and however wrong the estimates are, the budget holds from then on. */
  @Property
  @Tag("F23")
  void neverConsumesMoreThanTheBudgetAllows(
      @ForAll @DoubleRange(min = 1, max = 40_000) double unitsPerSecond,
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = 1, max = 512) Integer> costs,
      @ForAll @Size(value = 60) List<@IntRange(min = 0, max = 400) Integer> pauses)
      throws Exception {
    TestingTime time = new TestingTime();
    RateController rate =
        new RateController(
            OptionalDouble.of(unitsPerSecond),
            Duration.ofMinutes(1),
            time,
            time,
            new Random(1),
            new StopSignal());
    double consumed = 0;
    double last = 8;
    for (int request = 0; request < costs.size(); request++) {
      rate.acquire(last);
      // Before this request was sent, everything consumed so far had been paid for by time.
      double allowed = unitsPerSecond * time.elapsed().toNanos() / 1e9;
      assertThat(consumed).isLessThanOrEqualTo(allowed * 1.001 + 0.001);
      rate.consumed(last, costs.get(request));
      consumed += costs.get(request);
      last = costs.get(request);
      time.pass(Duration.ofMillis(pauses.get(request)));
    }
  }
}
