// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads spans of time such as {@code 30d}, {@code 12h}, {@code 90min}, {@code 2w} or {@code P30D}.
 */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*(s|min|h|d|w|y)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "min" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        case "w" -> Duration.ofDays(7 * number);
        default -> Duration.ofDays(365 * number);
      };
    }
    try {
      return Duration.parse(text.strip());
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a span of time such as 30d, 12h, 90min or 2w");
    }
  }
}
