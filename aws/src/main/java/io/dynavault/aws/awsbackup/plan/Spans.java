// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as documents write them: {@code 90min}, {@code 8h}, {@code 30d}, {@code 2w}. */
final class Spans {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,8}) ?(min|h|d|w|y)");
  private static final int MINUTES_OF_HOUR = 60;
  private static final int DAYS_OF_WEEK = 7;
  private static final int DAYS_OF_YEAR = 365;

  private Spans() {}

  /**
   * @throws IllegalArgumentException if it is not a span
   */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a span of time such as 90min, 8h, 30d or 1y");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "min" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      case "w" -> Duration.ofDays(DAYS_OF_WEEK * number);
      default -> Duration.ofDays(DAYS_OF_YEAR * number);
    };
  }

  /** Whole days; {@code never} is none. */
  static OptionalInt days(String text) {
    if (text.strip().equals("never")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(wholeDays(text));
  }

  static int wholeDays(String text) {
    Duration span = parse(text);
    if (!span.equals(Duration.ofDays(span.toDays())) || span.toDays() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("'" + text + "' is not a number of whole days");
    }
    return (int) span.toDays();
  }

  static int wholeHours(String text) {
    Duration span = parse(text);
    if (!span.equals(Duration.ofHours(span.toHours())) || span.toHours() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("'" + text + "' is not a number of whole hours");
    }
    return (int) span.toHours();
  }

  /** The shortest form. */
  static String text(Duration span) {
    long minutes = span.toMinutes();
    if (minutes % (24L * MINUTES_OF_HOUR) == 0) {
      return minutes / (24L * MINUTES_OF_HOUR) + "d";
    }
    return minutes % MINUTES_OF_HOUR == 0 ? minutes / MINUTES_OF_HOUR + "h" : minutes + "min";
  }
}
