// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as users write them: {@code 30d}, {@code 12h}, {@code 90min}, {@code PT1H}. */
public final class Span {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*(s|min|h|d|w|y)");

  private Span() {}

  /** The span; empty where the text is none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            case "w" -> Duration.ofDays(7 * number);
            default -> Duration.ofDays(365 * number);
          });
    }
    try {
      return Optional.of(Duration.parse(text.strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
