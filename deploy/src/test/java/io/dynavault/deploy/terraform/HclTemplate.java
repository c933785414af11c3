// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text with {@code ${…}} in it. */
final class HclTemplate {
  private HclTemplate() {}

  static HclExpression of(String text, int line) {
    List<HclExpression> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("${", at)) {
        int end = endOfInterpolation(text, at + 2);
        String before = literal.toString();
        parts.add(scope -> before);
        literal.setLength(0);
        parts.add(new HclParser(HclLexer.tokens(text.substring(at + 2, end), line)).expression());
        at = end + 1;
      } else if (text.charAt(at) == '\\') {
        literal.append(escaped(text.charAt(at + 1)));
        at += 2;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    String rest = literal.toString();
    if (parts.isEmpty()) {
      return scope -> rest;
    }
    parts.add(scope -> rest);
    return scope ->
        parts.stream()
            .map(part -> HclValues.string(part.evaluate(scope)))
            .collect(Collectors.joining());
  }

  private static int endOfInterpolation(String text, int start) {
    int depth = 1;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("no end of ${ in " + text);
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '"', '\\' -> c;
      default -> throw new IllegalArgumentException("escape \\" + c);
    };
  }
}
