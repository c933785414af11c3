// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and spans of time as people read them. */
public final class TimeText {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TimeText() {}

  /** Date and time in UTC to the second, such as {@code 2026-11-21 09:30:00Z}. */
  public static String moment(Instant instant) {
    return SECONDS.format(instant);
  }

  /**
   * How long ago, in whole units that are over, or how far ahead, to the nearest: {@code 3 h ago},
   * {@code in 2 d}, {@code now}. What ends in 35 days less a second ends in 35 days.
   */
  public static String age(Instant instant, Instant now) {
    Duration span = Duration.between(instant, now);
    if (span.abs().toSeconds() < 1) {
      return "now";
    }
    return span.isNegative() ? "in " + coarse(rounded(span.negated())) : coarse(span) + " ago";
  }

  /** A span to its two largest units, such as {@code 1 h 02 min} or {@code 3.2 s}. */
  public static String span(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%d d %02d h", seconds / 86_400, seconds / 3600 % 24);
  }

  /** With half of the unit added that it is going to be shown in. */
  private static Duration rounded(Duration span) {
    if (span.toSeconds() < 60) {
      return span.plusMillis(500);
    }
    if (span.toMinutes() < 60) {
      return span.plusSeconds(30);
    }
    return span.toHours() < 48 ? span.plusMinutes(30) : span.plusHours(12);
  }

  private static String coarse(Duration span) {
    if (span.toSeconds() < 60) {
      return span.toSeconds() + " s";
    }
    if (span.toMinutes() < 60) {
      return span.toMinutes() + " min";
    }
    if (span.toHours() < 48) {
      return span.toHours() + " h";
    }
    return span.toDays() < 730 ? span.toDays() + " d" : span.toDays() / 365 + " y";
  }
}
