// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads RFC 3339 times; refuses those without an offset, which mean something else elsewhere. */
public final class TimeConverter implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text.strip().replaceFirst("^(\\S+) (\\S+)$", "$1T$2"))
          .toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a time with an offset, such as 2026-11-21T09:30:00Z or"
              + " 2026-11-21T10:30:00+01:00");
    }
  }
}
