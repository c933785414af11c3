// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a table's key as {@code pk:S} or {@code pk:S,sk:N}. */
public final class KeySchemaConverter implements ITypeConverter<KeySchema> {
  private static final Pattern ATTRIBUTE = Pattern.compile("(.+):([SNB])");

  @Override
  public KeySchema convert(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length == 1) {
      return KeySchema.of(attribute(parts[0], text));
    }
    if (parts.length == 2) {
      return KeySchema.of(attribute(parts[0], text), attribute(parts[1], text));
    }
    throw invalid(text);
  }

  private static KeyAttribute attribute(String part, String text) {
    Matcher matcher = ATTRIBUTE.matcher(part.strip());
    if (!matcher.matches()) {
      throw invalid(text);
    }
    return new KeyAttribute(matcher.group(1), ScalarType.valueOf(matcher.group(2)));
  }

  private static TypeConversionException invalid(String text) {
    return new TypeConversionException(
        "'" + text + "' is not a key such as pk:S or pk:S,sk:N (types S, N and B)");
  }
}
