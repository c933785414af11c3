// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

/** Text of unknown origin as it may stand in a message: in quotes, short, on one line. */
final class Quoted {
  private static final int LONGEST = 300;

  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints().limit(LONGEST).forEach(character -> append(quoted, character));
    return quoted.append(text.codePointCount(0, text.length()) > LONGEST ? "…'" : "'").toString();
  }

  private static void append(StringBuilder quoted, int character) {
    if (isHarmless(character)) {
      quoted.appendCodePoint(character);
    } else {
      quoted.append("\\u%04x".formatted(character));
    }
  }

  /** Control and format characters (bidirectional overrides too) can forge or hide lines. */
  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
