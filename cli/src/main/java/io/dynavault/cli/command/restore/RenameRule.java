// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Gives tables other names: {@code prod-*=dev-*} makes prod-orders dev-orders.
 *
 * @param from a name with at most one {@code *}
 * @param to a name with as many
 */
record RenameRule(String from, String to) {
  RenameRule {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (stars(from) > 1 || stars(from) != stars(to)) {
      throw new IllegalArgumentException("write one * on both sides of the = or on none");
    }
  }

  /** Reads {@code FROM=TO}. */
  static final class Converter implements ITypeConverter<RenameRule> {
    @Override
    public RenameRule convert(String text) {
      String[] sides = text.split("=", -1);
      if (sides.length != 2 || sides[0].isEmpty() || sides[1].isEmpty()) {
        throw new TypeConversionException("'" + text + "' is not FROM=TO, such as prod-*=dev-*");
      }
      try {
        return new RenameRule(sides[0], sides[1]);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    }
  }

  /** The other name, if this rule is about the table. */
  Optional<String> apply(String table) {
    int star = from.indexOf('*');
    if (star < 0) {
      return table.equals(from) ? Optional.of(to) : Optional.empty();
    }
    String head = from.substring(0, star);
    String tail = from.substring(star + 1);
    boolean matches =
        table.length() >= head.length() + tail.length()
            && table.startsWith(head)
            && table.endsWith(tail);
    return matches
        ? Optional.of(to.replace("*", table.substring(star, table.length() - tail.length())))
        : Optional.empty();
  }

  private static long stars(String text) {
    return text.chars().filter(character -> character == '*').count();
  }
}
