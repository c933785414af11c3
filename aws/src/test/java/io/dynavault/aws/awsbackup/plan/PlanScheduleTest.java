// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "daily at 03:00,                cron(0 3 * * ? *)",
    "Daily at 3:05,                 cron(5 3 * * ? *)",
    "weekly on sunday at 02:00,     cron(0 2 ? * SUN *)",
    "weekly on wed at 23:59,        cron(59 23 ? * WED *)",
    "monthly on day 1 at 04:30,     cron(30 4 1 * ? *)",
    "monthly on the last day at 04:30, cron(30 4 L * ? *)",
    "every 6 hours,                 cron(0 0/6 * * ? *)",
    "every 24 hours,                cron(0 0 * * ? *)",
    "hourly,                        cron(0 * * * ? *)",
    "hourly at :15,                 cron(15 * * * ? *)",
    "cron(0  5 ? * * *),            cron(0 5 ? * * *)",
    "cron(0 5 ? * mon-fri *),       cron(0 5 ? * MON-FRI *)",
    "cron(15 10 ? * 6L 2026-2030),  cron(15 10 ? * 6L 2026-2030)",
    "cron(0 8 ? * 2#1 *),           cron(0 8 ? * 2#1 *)",
    "cron(0 8 15W * ? *),           cron(0 8 15W * ? *)"
  })
  void readsWordsAndCron(String text, String cron) {
    assertThat(PlanSchedule.parse(text, "UTC").expression()).isEqualTo(cron);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(0 3 * * *)",
        "cron(0 3 * * * *)",
        "cron(0 3 ? * ? *)",
        "cron(60 3 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 3 32 * ? *)",
        "cron(0 3 ? * 8 *)",
        "cron(*/15 * * * ? *)",
        "cron(0,30 * * * ? *)",
        "cron(0 3 30 2 ? *)",
        "cron(0 3 * * ? 1999)",
        "rate(1 day)",
        "every 5 hours",
        "monthly on day 31 at 04:00",
        "daily at 25:00",
        "daily",
        ""
      })
  void refusesWhatAwsWouldRefuse(String text) {
    assertThatThrownBy(() -> PlanSchedule.parse(text, "UTC"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> PlanSchedule.parse("cron(0 3 * * * *)", "UTC"))
        .hasMessage(
            "'cron(0 3 * * * *)' needs '?' as day of month or as day of week, and as one only");
    assertThatThrownBy(() -> PlanSchedule.parse("cron(0,30 * * * ? *)", "UTC"))
        .hasMessageContaining("more often than once an hour");
    assertThatThrownBy(() -> PlanSchedule.parse("daily at 03:00", "Berlin"))
        .hasMessage("'Berlin' is not a time zone, such as Europe/Berlin");
    assertThatThrownBy(() -> PlanSchedule.parse("weekly on sonday at 02:00", "UTC"))
        .hasMessage("'sonday' is not a day of the week (did you mean 'sunday'?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "UTC+2", "GMT-5", "Z", "europe/berlin"})
  void refusesZonesThatOnlyJavaKnows(String zone) {
    assertThatThrownBy(() -> PlanSchedule.parse("daily at 03:00", zone))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + zone + "' is not a time zone, such as Europe/Berlin");
  }

  @Test
  void runsInItsTimeZoneAlsoWhenClocksChange() {
    PlanSchedule berlin = PlanSchedule.parse("daily at 03:00", "Europe/Berlin");

    assertThat(berlin.next(Instant.parse("2026-03-27T12:00:00Z"), 3))
        .containsExactly(
            Instant.parse("2026-03-28T02:00:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-03-30T01:00:00Z"));
  }

  @Test
  void countsDaysOfTheWeekFromSunday() {
    assertThat(
            PlanSchedule.parse("cron(0 2 ? * 1 *)", "UTC")
                .next(Instant.parse("2026-11-21T00:00:00Z"), 1))
        .containsExactly(Instant.parse("2026-11-22T02:00:00Z"));
  }

  @Test
  void takesOtherNamesOfUtcForTheSame() {
    assertThat(new PlanSchedule("cron(0 3 * * ? *)", "Etc/UTC"))
        .isEqualTo(PlanSchedule.parse("daily at 03:00", "UTC"));
  }
}
