// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.duplicate.KeyHashSpool;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;

/**
 * The keys of one pass over a data file, on their way into the spool. A second pass adds no key
 * again that the first one has added, lest every item look like its own duplicate.
 */
final class KeyPass {
  private static final int BATCH = 1024;

  private final KeyReader reader;
  private final KeyHashSpool spool;
  private final long[] batch = new long[BATCH];
  private int count;
  private long lastLine;

  KeyPass(KeyReader reader, KeyHashSpool spool) {
    this.reader = requireNonNull(reader, "reader is null");
    this.spool = requireNonNull(spool, "spool is null");
  }

  /**
   * Takes the key of an item.
   *
   * @throws io.dynavault.format.FormatException if it has none
   */
  void add(long line, byte[] json, int offset, int length) {
    ItemKey key = reader.read(json, offset, length);
    if (line <= lastLine) {
      return;
    }
    lastLine = line;
    batch[count++] = KeyHash.of(key);
    if (count == BATCH) {
      end();
    }
  }

  /** Hands on what is left; a further pass over the same file may follow. */
  void end() {
    spool.add(batch, count);
    count = 0;
  }
}
