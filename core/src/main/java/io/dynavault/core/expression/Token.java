// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

/**
 * A word or sign of an expression.
 *
 * @param position index of its first character in the expression
 */
record Token(TokenKind kind, String text, int position) {

  boolean is(TokenKind other) {
    return kind == other;
  }

  /** The token as messages name it. */
  String display() {
    return kind == TokenKind.END ? "end of the expression" : "'" + text + "'";
  }
}
