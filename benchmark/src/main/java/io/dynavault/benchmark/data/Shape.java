// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.data;

import java.util.Locale;

/** What items look like. */
public enum Shape {
  /** About 0.8 KB of JSON: keys, texts with escapes and umlauts, numbers, a map, lists, sets. */
  MIXED(200_000),
  /** More than a hundred short attributes. */
  WIDE(40_000),
  /** A kilobyte of random bytes, which no codec makes smaller. */
  BINARY(100_000),
  /** A key and a number. */
  TINY(1_000_000),
  /** A few kilobytes of prose. */
  TEXT(50_000);

  private final int items;

  Shape(int items) {
    this.items = items;
  }

  /** Items of the table that is read and written, chosen so that each makes 100 to 200 MB. */
  public int items() {
    return items;
  }

  /** As on command lines and in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The shape of this label. */
  public static Shape of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
