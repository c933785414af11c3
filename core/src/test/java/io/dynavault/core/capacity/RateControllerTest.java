// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.TestingTime;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateControllerTest {
  private final TestingTime time = new TestingTime();
  private final StopSignal stop = new StopSignal();

  @Test
  void spreadsRequestsAtTheBudget() throws Exception {
    RateController rate = controller(OptionalDouble.of(100));
    for (int request = 0; request < 50; request++) {
      rate.acquire(10);
      rate.consumed(10, 10);
    }
    // The last request starts when the 49 before it, 490 units, are paid for.
    assertThat(time.elapsed().toMillis()).isCloseTo(4_900L, within(5L));
  }

  @Test
  void makesUpForEstimatesThatWereTooLow() throws Exception {
    RateController rate = controller(OptionalDouble.of(100));
    rate.acquire(1);
    rate.consumed(1, 200);
    rate.acquire(1);
    assertThat(time.elapsed().toMillis()).isCloseTo(2_000L, within(5L));
  }

  @Test
  void givesBackWhatAnEstimateReservedTooMuch() throws Exception {
    RateController rate = controller(OptionalDouble.of(100));
    rate.acquire(500);
    rate.consumed(500, 10);
    rate.acquire(1);
    assertThat(time.elapsed().toMillis()).isCloseTo(100L, within(5L));
  }

  @Test
  void savesNothingUpWhileIdle() throws Exception {
    RateController rate = controller(OptionalDouble.of(100));
    time.pass(Duration.ofHours(1));
    rate.acquire(100);
    rate.consumed(100, 100);
    rate.acquire(100);
    assertThat(time.elapsed().minusHours(1).toMillis()).isCloseTo(1_000L, within(5L));
  }

  @Test
  void withoutALimitNeverWaits() throws Exception {
    RateController rate = controller(OptionalDouble.empty());
    for (int request = 0; request < 1_000; request++) {
      rate.acquire(1_000);
      rate.consumed(1_000, 1_000);
    }
    assertThat(time.elapsed()).isZero();
  }

  @Test
  void slowsDownOncePerSecondOfThrottlingAndRecovers() throws Exception {
    RateController rate = controller(OptionalDouble.of(1_000));
    time.pass(Duration.ofSeconds(2));
    rate.throttled(1, 1);
    rate.throttled(1, 1);
    rate.throttled(1, 1);
    assertThat(rate.unitsPerSecond()).isCloseTo(700, within(0.1));
    for (int second = 0; second < 20; second++) {
      time.pass(Duration.ofSeconds(1));
      rate.consumed(1, 1);
    }
    assertThat(rate.unitsPerSecond()).isEqualTo(1_000);
  }

  @Test
  void withoutALimitThrottlingSetsTheRateBelowWhatWasConsumed() throws Exception {
    RateController rate = controller(OptionalDouble.empty());
    for (int tenth = 0; tenth <= 10; tenth++) {
      rate.acquire(50);
      rate.consumed(50, 50);
      time.pass(Duration.ofMillis(100));
    }
    rate.throttled(1, 50);
    assertThat(rate.unitsPerSecond()).isBetween(300.0, 400.0);
  }

  @Test
  void backsOffLongerWithEachAttempt() throws Exception {
    RateController rate = controller(OptionalDouble.empty());
    rate.throttled(1, 1);
    rate.throttled(5, 1);
    rate.throttled(30, 1);
    assertThat(time.sleeps().get(0)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
    assertThat(time.sleeps().get(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(time.sleeps().get(2)).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(5_000));
  }

  @Test
  void failsWhenNothingGetsThroughForTooLong() throws Exception {
    RateController rate = controller(OptionalDouble.of(10));
    assertThatThrownBy(
            () -> {
              for (int attempt = 1; attempt < 10_000; attempt++) {
                rate.throttled(attempt, 1);
              }
            })
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED));
    assertThat(time.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
  }

  @Test
  void aLongPauseIsNotTakenForThrottling() throws Exception {
    RateController rate = controller(OptionalDouble.empty());
    time.pass(Duration.ofHours(1));
    rate.throttled(1, 1);
    rate.consumed(1, 1);
    time.pass(Duration.ofHours(1));
    rate.throttled(1, 1);
    assertThat(rate.unitsPerSecond()).isPositive();
  }

  @Test
  void nothingIsSentAfterAStop() {
    RateController rate = controller(OptionalDouble.empty());
    stop.request();
    assertThatThrownBy(() -> rate.acquire(1)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aStopEndsTheWait() {
    RateController rate = controller(OptionalDouble.of(1));
    assertThatThrownBy(
            () -> {
              rate.acquire(1_000_000);
              stop.request();
              rate.acquire(1);
            })
        .isInstanceOf(InterruptedException.class);
    assertThat(time.elapsed()).isZero();
  }

  private RateController controller(OptionalDouble unitsPerSecond) {
    return new RateController(
        unitsPerSecond, Duration.ofSeconds(60), time, time, new Random(7), stop);
  }
}
