// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads shares such as {@code 5%} or {@code 12.5} as percent, above 0 and at most 100. */
public final class PercentConverter implements ITypeConverter<Double> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%?");

  @Override
  public Double convert(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (!(percent > 0 && percent <= 100)) {
      throw new TypeConversionException(
          "'" + text + "' is not a share such as 5%, above 0% and up to 100%");
    }
    return percent;
  }
}
