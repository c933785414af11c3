// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

/**
 * A pattern for table names: {@code *} stands for any characters, {@code ?} for one, everything
 * else for itself.
 */
public record NamePattern(String text) {
  public NamePattern {
    requireNonNull(text, "text is null");
  }

  /** Whether it is a plain name. */
  public boolean isName() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  /** Whether the whole name fits the pattern. */
  public boolean matches(String name) {
    int inText = 0;
    int inName = 0;
    int lastStar = -1;
    int afterStar = 0; // where in the name the last star's characters end so far
    while (inName < name.length()) {
      if (inText < text.length() && text.charAt(inText) == '*') {
        lastStar = inText++;
        afterStar = inName;
      } else if (inText < text.length() && fits(text.charAt(inText), name.charAt(inName))) {
        inText++;
        inName++;
      } else if (lastStar >= 0) {
        inText = lastStar + 1; // let the star take one character more
        inName = ++afterStar;
      } else {
        return false;
      }
    }
    while (inText < text.length() && text.charAt(inText) == '*') {
      inText++;
    }
    return inText == text.length();
  }

  private static boolean fits(char pattern, char c) {
    return pattern == '?' || pattern == c;
  }
}
