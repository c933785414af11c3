// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.config.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment of the past as users give it: a time, a span before now, or the latest.
 *
 * @param text as it was given
 * @param time empty for a span or the latest
 * @param ago how long before now; empty for a time or the latest
 */
public record ToTime(String text, Optional<Instant> time, Optional<Duration> ago) {
  private static final Pattern MINUTES = Pattern.compile("([0-9]+)\\s*m");

  public ToTime {
    requireNonNull(text, "text is null");
    requireNonNull(time, "time is null");
    requireNonNull(ago, "ago is null");
  }

  /** Whether it is the last moment that can be reached. */
  public boolean isLatest() {
    return time.isEmpty() && ago.isEmpty();
  }

  /** Whether it is another moment when the command is run again. */
  public boolean isMoving() {
    return time.isEmpty();
  }

  /**
   * The moment; empty for the latest.
   *
   * @param now that spans are before of
   */
  public Optional<Instant> at(Instant now) {
    return time.or(() -> ago.map(now::minus));
  }

  /** Reads {@code latest}, a span such as {@code -15m}, or an RFC 3339 time with an offset. */
  public static final class Converter implements ITypeConverter<ToTime> {
    @Override
    public ToTime convert(String given) {
      String text = given.strip();
      if (text.equalsIgnoreCase("latest")) {
        return new ToTime(text, Optional.empty(), Optional.empty());
      }
      if (!text.startsWith("-")) {
        return new ToTime(text, Optional.of(new TimeConverter().convert(text)), Optional.empty());
      }
      Duration ago =
          Span.parse(MINUTES.matcher(text.substring(1)).replaceFirst("$1min"))
              .filter(span -> !span.isNegative())
              .orElseThrow(
                  () ->
                      new TypeConversionException(
                          "'" + text + "' is not a span before now, such as -15m, -36h or -2d"));
      return new ToTime(text, Optional.empty(), Optional.of(ago));
    }
  }
}
