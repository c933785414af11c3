// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.aws.export.Windows.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final Instant FROM = Instant.parse("2026-01-02T00:00:00Z");

  @Test
  void cutsDaysAndTakesTheRestIfItIsLongEnough() {
    assertThat(Windows.upTo(FROM, hours(49)).windows())
        .containsExactly(
            new Window(FROM, hours(24)),
            new Window(hours(24), hours(48)),
            new Window(hours(48), hours(49)));
    Windows short1 = Windows.upTo(FROM, hours(48).plusSeconds(899));
    assertThat(short1.windows()).hasSize(2);
    assertThat(short1.end()).isEqualTo(hours(48));
    assertThat(Windows.upTo(FROM, FROM.plusSeconds(899)).windows()).isEmpty();
    assertThat(Windows.upTo(FROM, FROM.minusSeconds(1)).end()).isEqualTo(FROM);
  }

  @Test
  void aHoleIsFilledToItsEnd() {
    assertThat(Windows.exactly(FROM, FROM.plusSeconds(899))).isEmpty();
    assertThat(Windows.exactly(FROM, hours(24).plusSeconds(60)).orElseThrow().windows())
        .containsExactly(
            new Window(FROM, hours(24).minusSeconds(14 * 60)),
            new Window(hours(24).minusSeconds(14 * 60), hours(24).plusSeconds(60)));
  }

  @RepeatedTest(200)
  void everyWindowIsOneThatAwsTakes(RepetitionInfo repetition) {
    SplittableRandom chance = new SplittableRandom(repetition.getCurrentRepetition());
    Instant to = FROM.plusSeconds(900 + chance.nextInt(10 * 86400));

    Windows cut = Windows.exactly(FROM, to).orElseThrow();

    Instant at = FROM;
    for (Window window : cut.windows()) {
      assertThat(window.from()).isEqualTo(at);
      assertThat(Duration.between(window.from(), window.to()))
          .isBetween(Duration.ofMinutes(15), Duration.ofHours(24));
      at = window.to();
    }
    assertThat(at).isEqualTo(to).isEqualTo(cut.end());
  }

  private static Instant hours(int hours) {
    return FROM.plus(Duration.ofHours(hours));
  }
}
