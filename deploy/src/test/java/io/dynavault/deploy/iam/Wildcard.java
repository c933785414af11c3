// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import java.util.regex.Pattern;

/** Text in which {@code *} stands for any characters and {@code ?} for one. */
final class Wildcard {
  private Wildcard() {}

  static boolean matches(String wildcard, String text) {
    return pattern(wildcard, 0).matcher(text).matches();
  }

  static boolean matchesIgnoringCase(String wildcard, String text) {
    return pattern(wildcard, Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }

  private static Pattern pattern(String wildcard, int flags) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wildcard.length(); i++) {
      char c = wildcard.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }
}
