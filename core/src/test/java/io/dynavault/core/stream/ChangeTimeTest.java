// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeTimeTest {
  private static final Instant MINUTE = Instant.parse("2026-11-21T10:15:00Z");

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  private static long time(boolean aws, Instant label, Instant readAt) {
    return new ChangeTime(aws).micros(micros(label), readAt, Long.MIN_VALUE);
  }

  @Test
  void awsTellsTheSecondEvenIfItIsAWholeMinute() {
    assertThat(time(true, MINUTE, MINUTE.plusSeconds(20))).isEqualTo(micros(MINUTE));
    assertThat(time(true, MINUTE.plusSeconds(7), MINUTE.plusSeconds(20)))
        .isEqualTo(micros(MINUTE.plusSeconds(7)));
  }

  @Test
  void aWholeMinuteOfAnotherServerIsWhenItWasRead() {
    assertThat(time(false, MINUTE, MINUTE.plusMillis(20_700)))
        .isEqualTo(micros(MINUTE.plusSeconds(20)));
  }

  @Test
  void itIsNeverOutsideItsMinute() {
    assertThat(time(false, MINUTE, MINUTE.plusSeconds(600)))
        .isEqualTo(micros(MINUTE.plusSeconds(59)));
    assertThat(time(false, MINUTE, MINUTE.minusSeconds(600))).isEqualTo(micros(MINUTE));
  }

  @Test
  void anotherServersSecondsAreTakenAsTheyAre() {
    Instant label = MINUTE.plusMillis(7_250);
    assertThat(time(false, label, MINUTE.plusSeconds(20))).isEqualTo(micros(label));
  }

  @Test
  void timesDoNotRunBackwards() {
    long before = micros(MINUTE.plusSeconds(30));
    assertThat(new ChangeTime(true).micros(micros(MINUTE), MINUTE, before)).isEqualTo(before);
  }
}
