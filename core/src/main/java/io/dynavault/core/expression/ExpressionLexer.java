// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts an expression into tokens. */
final class ExpressionLexer {
  private final ExpressionSource source;
  private final String text;
  private int next;

  private ExpressionLexer(ExpressionSource source) {
    this.source = source;
    this.text = source.text();
  }

  /** The expression's tokens; the last is {@link TokenKind#END}. */
  static List<Token> tokens(ExpressionSource source) {
    ExpressionLexer lexer = new ExpressionLexer(source);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.token();
      tokens.add(token);
    } while (!token.is(TokenKind.END));
    return tokens;
  }

  /** Whether the text is the mark and then a placeholder's name. */
  static boolean isPlaceholder(String text, char mark) {
    return text.length() > 1
        && text.charAt(0) == mark
        && text.chars().skip(1).allMatch(c -> isWordPart((char) c));
  }

  private Token token() {
    while (next < text.length() && isSpace(text.charAt(next))) {
      next++;
    }
    int start = next;
    if (start == text.length()) {
      return new Token(TokenKind.END, "", start);
    }
    TokenKind kind = scan(text.charAt(start));
    return new Token(kind, text.substring(start, next), start);
  }

  /** Moves past the token that begins with this character. */
  private TokenKind scan(char first) {
    if (isLetter(first)) {
      int start = next;
      skipWord();
      return word(text.substring(start, next));
    }
    if (isDigit(first)) {
      return number(first);
    }
    return switch (first) {
      case '#' -> placeholder(TokenKind.NAME_PLACEHOLDER);
      case ':' -> placeholder(TokenKind.VALUE_PLACEHOLDER);
      case '=' -> sign(TokenKind.COMPARATOR, 1);
      case '<' -> sign(TokenKind.COMPARATOR, followedBy('=') || followedBy('>') ? 2 : 1);
      case '>' -> sign(TokenKind.COMPARATOR, followedBy('=') ? 2 : 1);
      case '(' -> sign(TokenKind.OPEN, 1);
      case ')' -> sign(TokenKind.CLOSE, 1);
      case '[' -> sign(TokenKind.OPEN_INDEX, 1);
      case ']' -> sign(TokenKind.CLOSE_INDEX, 1);
      case ',' -> sign(TokenKind.COMMA, 1);
      case '.' -> sign(TokenKind.DOT, 1);
      default -> throw source.fault(next, "unexpected character");
    };
  }

  private TokenKind sign(TokenKind kind, int length) {
    next += length;
    return kind;
  }

  private TokenKind placeholder(TokenKind kind) {
    int start = next;
    next++;
    skipWord();
    if (next == start + 1) {
      throw source.fault(start, "placeholder without a name");
    }
    return kind;
  }

  /** A zero ends a number, so that an index has one notation only. */
  private TokenKind number(char first) {
    next++;
    while (first != '0' && next < text.length() && isDigit(text.charAt(next))) {
      next++;
    }
    return TokenKind.NUMBER;
  }

  private void skipWord() {
    while (next < text.length() && isWordPart(text.charAt(next))) {
      next++;
    }
  }

  private boolean followedBy(char expected) {
    return next + 1 < text.length() && text.charAt(next + 1) == expected;
  }

  private static TokenKind word(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "AND" -> TokenKind.AND;
      case "OR" -> TokenKind.OR;
      case "NOT" -> TokenKind.NOT;
      case "BETWEEN" -> TokenKind.BETWEEN;
      case "IN" -> TokenKind.IN;
      default -> TokenKind.IDENTIFIER;
    };
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
  }
}
