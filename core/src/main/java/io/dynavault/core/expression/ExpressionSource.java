// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/**
 * The text of an expression or key condition, for errors that point into it.
 *
 * @param kind what messages call the text, such as "filter expression"
 */
record ExpressionSource(String kind, String text) {
  private static final int BEFORE = 40;
  private static final int AFTER = 24;

  /** The error for the fault that begins at this index of the text. */
  DynavaultException fault(int position, String reason) {
    return new DynavaultException(
        ErrorCode.FILTER_INVALID,
        "unable to read the %s: %s at character %d".formatted(kind, reason, position + 1),
        "see what follows the mark '>>>': " + marked(position));
  }

  /** The error for a fault of the whole text. */
  DynavaultException fault(String reason) {
    return new DynavaultException(
        ErrorCode.FILTER_INVALID, "unable to read the %s: %s".formatted(kind, reason));
  }

  private String marked(int position) {
    int from = Math.max(0, position - BEFORE);
    int to = Math.min(text.length(), position + AFTER);
    return (from > 0 ? "..." : "")
        + printable(text.substring(from, position))
        + ">>>"
        + printable(text.substring(position, to))
        + (to < text.length() ? "..." : "");
  }

  private static String printable(String part) {
    return part.replaceAll("\\s", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
