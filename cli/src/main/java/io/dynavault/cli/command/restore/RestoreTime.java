// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.TimeConverter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The time that a table is restored to.
 *
 * @param time empty is the latest that AWS can
 */
record RestoreTime(Optional<Instant> time) {
  RestoreTime {
    requireNonNull(time, "time is null");
  }

  /** Reads {@code latest} or an RFC 3339 time with an offset. */
  static final class Converter implements ITypeConverter<RestoreTime> {
    @Override
    public RestoreTime convert(String text) {
      if (text.strip().equalsIgnoreCase("latest")) {
        return new RestoreTime(Optional.empty());
      }
      Instant time = new TimeConverter().convert(text);
      if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
        throw new TypeConversionException(
            "'" + text + "' has parts of a second, and AWS restores to whole seconds");
      }
      return new RestoreTime(Optional.of(time));
    }
  }
}
