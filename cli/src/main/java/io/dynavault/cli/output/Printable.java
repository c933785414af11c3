// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

/** Makes text from outside safe to print on one line of a terminal or a log. */
public final class Printable {

  private Printable() {}

  /**
   * The text with control characters, line separators, characters that change the direction of
   * writing and halves of surrogate pairs written as <code>&#92;u001b</code>.
   */
  public static String escape(String text) {
    StringBuilder escaped = null;
    int position = 0;
    while (position < text.length()) {
      int character = text.codePointAt(position);
      if (isUnsafe(character)) {
        if (escaped == null) {
          escaped = new StringBuilder(text.length() + 16).append(text, 0, position);
        }
        appendEscape(escaped, character);
      } else if (escaped != null) {
        escaped.appendCodePoint(character);
      }
      position += Character.charCount(character);
    }
    return escaped == null ? text : escaped.toString();
  }

  private static void appendEscape(StringBuilder escaped, int character) {
    for (char unit : Character.toChars(character)) {
      escaped.append(String.format("\\u%04x", (int) unit));
    }
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
