// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import java.util.ArrayList;
import java.util.List;

/** Cuts a configuration into tokens. Templates stay whole; the parser looks into them. */
final class HclLexer {
  enum Kind {
    NAME,
    NUMBER,
    TEMPLATE,
    SYMBOL,
    NEWLINE,
    END
  }

  record Token(Kind kind, String text, int line) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName(String name) {
      return kind == Kind.NAME && text.equals(name);
    }
  }

  private static final List<String> SYMBOLS =
      List.of(
          "...", "=>", "==", "!=", "<=", ">=", "&&", "||", "{", "}", "[", "]", "(", ")", "=", ",",
          ".", "?", ":", "!", "<", ">", "+", "-", "*", "/", "%");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line;

  private HclLexer(String text, int line) {
    this.text = text;
    this.line = line;
  }

  static List<Token> tokens(String text, int line) {
    HclLexer lexer = new HclLexer(text, line);
    while (lexer.at < text.length()) {
      lexer.next();
    }
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '\n') {
      add(Kind.NEWLINE, "\n");
      line++;
      at++;
    } else if (Character.isWhitespace(c)) {
      at++;
    } else if (c == '#' || text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (c == '"') {
      int end = endOfTemplate(at + 1);
      add(Kind.TEMPLATE, text.substring(at + 1, end));
      at = end + 1;
    } else if (Character.isDigit(c)) {
      add(Kind.NUMBER, run("[0-9.]"));
    } else if (Character.isLetter(c) || c == '_') {
      add(Kind.NAME, run("[A-Za-z0-9_-]"));
    } else {
      String symbol =
          SYMBOLS.stream()
              .filter(candidate -> text.startsWith(candidate, at))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("line " + line + ": '" + c + "'"));
      add(Kind.SYMBOL, symbol);
      at += symbol.length();
    }
  }

  private String run(String characters) {
    int start = at;
    while (at < text.length() && String.valueOf(text.charAt(at)).matches(characters)) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Where the template that begins at an index ends: at the quote that is in no interpolation. */
  private int endOfTemplate(int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (text.startsWith("${", i)) {
        depth++;
        i++;
      } else if (depth > 0 && c == '}') {
        depth--;
      } else if (depth > 0 && c == '"') {
        i = endOfTemplate(i + 1);
      } else if (c == '"') {
        return i;
      }
    }
    throw new IllegalArgumentException("line " + line + ": the string does not end");
  }

  private void add(Kind kind, String value) {
    tokens.add(new Token(kind, value, line));
  }
}
