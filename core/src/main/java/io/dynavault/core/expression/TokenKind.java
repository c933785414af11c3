// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

/** What a token of the expression language is. */
enum TokenKind {
  IDENTIFIER,
  NAME_PLACEHOLDER,
  VALUE_PLACEHOLDER,
  NUMBER,
  COMPARATOR,
  AND,
  OR,
  NOT,
  BETWEEN,
  IN,
  OPEN,
  CLOSE,
  OPEN_INDEX,
  CLOSE_INDEX,
  COMMA,
  DOT,
  END
}
