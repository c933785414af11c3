// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 1.5 MB} is 1,500,000 bytes, MiB is 2^20. */
public final class ByteSize {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*([kKMGT]?)(i?)[bB]?");
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

  private ByteSize() {}

  /** Three digits and a unit, such as {@code 1.23 MB}. */
  public static String text(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    String number = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return withoutTrailingZeros(number) + " " + UNITS.get(unit);
  }

  /**
   * Reads {@code 64MB}, {@code 1.5 GiB} or {@code 1000}.
   *
   * @throws IllegalArgumentException with the reason
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is not a size such as 64MB or 1GiB");
    }
    int power = matcher.group(2).isEmpty() ? 0 : "KMGT".indexOf(upper(matcher.group(2))) + 1;
    BigDecimal base = BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024);
    try {
      return new BigDecimal(matcher.group(1))
          .multiply(base.pow(power))
          .toBigInteger()
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("it is too large", e);
    }
  }

  private static String upper(String unit) {
    return unit.toUpperCase(Locale.ROOT);
  }

  private static String withoutTrailingZeros(String number) {
    return number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
  }
}
