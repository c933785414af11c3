// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.util.Locale;

/** Whole numbers as people read them. */
public final class Counts {

  private Counts() {}

  /** With commas between thousands. */
  public static String text(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** The count and its noun: {@code 1 item}, {@code 2 items}. */
  public static String of(long count, String noun) {
    return text(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
