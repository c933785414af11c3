// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** The least compact spelling of JSON: every character of a string escaped, blanks everywhere. */
final class EscapedJson {
  private static final HexFormat LOWER = HexFormat.of();
  private static final HexFormat UPPER = LOWER.withUpperCase();

  private EscapedJson() {}

  static byte[] of(Item item) {
    return of(new String(DynamoDbJson.encode(item), UTF_8)).getBytes(UTF_8);
  }

  static String of(String compact) {
    StringBuilder spelled = new StringBuilder("\r\n");
    boolean inString = false;
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      if (c == '"') {
        inString = !inString;
        spelled.append(inString ? " \"" : "\"\t");
      } else if (!inString) {
        spelled.append("{}[],:".indexOf(c) < 0 ? "" : " ").append(c);
      } else if (c == '\\') {
        spelled.append(c).append(compact.charAt(++i));
      } else if (i > 1
          && compact.charAt(i - 1) == 'u'
          && compact.charAt(i - 2) == '\\'
          && escapes(compact, i - 2)) {
        spelled.append(compact, i, i + 4);
        i += 3;
      } else {
        spelled.append("\\u").append((i % 2 == 0 ? LOWER : UPPER).toHexDigits(c));
      }
    }
    return spelled.append('\n').toString();
  }

  /** Whether the backslash at the index starts an escape sequence and is not the end of one. */
  private static boolean escapes(String text, int backslash) {
    int before = 0;
    while (backslash - 1 - before >= 0 && text.charAt(backslash - 1 - before) == '\\') {
      before++;
    }
    return before % 2 == 0;
  }
}
