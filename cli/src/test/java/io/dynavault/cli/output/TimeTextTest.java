// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, now",
    "PT59S, 59 s ago",
    "PT3599S, 59 min ago",
    "PT47H, 47 h ago",
    "PT48H, 2 d ago",
    "P729D, 729 d ago",
    "P730D, 2 y ago",
    "PT-30M, in 30 min",
    "PT-59.6S, in 1 min",
    "PT-59M-40S, in 1 h",
    "PT-47H-29M, in 47 h",
    "PT-47H-59M-58S, in 2 d",
    "P-2DT-11H, in 2 d",
    "P-34DT-23H-59M-50S, in 35 d",
    "P-35D, in 35 d"
  })
  void saysHowLongAgo(Duration ago, String text) {
    assertThat(TimeText.age(NOW.minus(ago), NOW)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 0.3 s",
    "PT9.94S, 9.9 s",
    "PT59S, 59 s",
    "PT62S, 1 min 02 s",
    "PT3720S, 1 h 02 min",
    "P1DT3H, 1 d 03 h"
  })
  void saysHowLong(Duration span, String text) {
    assertThat(TimeText.span(span)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-21T10:00:00Z, 2026-11-21 10:00:00Z"})
  void writesMomentsInUtc(Instant moment, String text) {
    assertThat(TimeText.moment(moment)).isEqualTo(text);
  }
}
