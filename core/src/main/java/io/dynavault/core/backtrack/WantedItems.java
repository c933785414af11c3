// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import java.util.List;

/** Hands out what items are to become, some at a time; each key once. Safe for several threads. */
public sealed interface WantedItems permits ChangedItems, UndoFile {
  /**
   * Bytes of images after which no more items are handed out at once: a decoded item takes many
   * times as much, and is there as it is to become, as it was known, and as it is.
   */
  long MOST_BYTES = 512 * 1024;

  /** Keys that are handed out, as far as is known beforehand. */
  long size();

  /**
   * The next ones, at most {@value LiveItems#MOST_KEYS}; none at the end.
   *
   * @throws io.dynavault.core.error.DynavaultException if the source cannot be read
   */
  List<Wanted> next();
}
