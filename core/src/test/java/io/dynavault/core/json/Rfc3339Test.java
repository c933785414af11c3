// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  /** Years 0 to 9999. */
  @Property
  void readsWhatItIsWrittenAs(
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    Instant time = Instant.ofEpochSecond(seconds, nanos);

    assertThat(Rfc3339.parse(time.toString())).isEqualTo(time);
    assertThat(Rfc3339.parse(Instant.ofEpochSecond(seconds).toString()))
        .isEqualTo(Instant.ofEpochSecond(seconds));
  }

  @Test
  void readsOtherZonesAndForms() {
    assertThat(Rfc3339.parse("2026-01-02T03:04:05+01:00"))
        .isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
    assertThat(Rfc3339.parse("2026-01-02T03:04Z")).isEqualTo(Instant.parse("2026-01-02T03:04:00Z"));
    assertThat(Rfc3339.parse("+12026-01-02T03:04:05Z"))
        .isEqualTo(Instant.parse("+12026-01-02T03:04:05Z"));
  }

  /** One digit of a time can become any other sign. */
  @Property
  void agreesWithJavaOnWhatIsNone(
      @ForAll @IntRange(max = 22) int place, @ForAll @IntRange(min = 32, max = 126) int sign) {
    StringBuilder text = new StringBuilder("2028-02-29T23:59:59.12Z");
    text.setCharAt(place, (char) sign);
    String changed = text.toString();

    assertThat(parsed(changed, Rfc3339::parse))
        .isEqualTo(parsed(changed, java -> OffsetDateTime.parse(java).toInstant()));
  }

  private interface Parser {
    Instant parse(String text);
  }

  private static String parsed(String text, Parser parser) {
    try {
      return parser.parse(text).toString();
    } catch (DateTimeException e) {
      return "none";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-01-02",
        "2026-02-29T00:00:00Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T00:00:60Z",
        "2026-01-02T00:00:00.1234567890Z"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
