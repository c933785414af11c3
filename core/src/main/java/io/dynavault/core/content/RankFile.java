// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.temporary.TemporaryFolder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which change decides for each of many keys, in a file. Tables that memory had no room for are
 * appended; then {@link #finish} finds what decides; then keys are looked up, by several threads.
 */
final class RankFile {
  /** Of a slot of the finished table: the digest, lower half first, and the place. */
  private static final int SLOT = 3;

  private static final int BUFFER = 64 * 1024;

  private final Path entries;
  private final Path table;
  private LongBuffer slots = LongBuffer.allocate(SLOT);

  RankFile(TemporaryFolder folder, int number) {
    entries = folder.file(number + ".ranks");
    table = folder.file(number + ".keys");
  }

  /** Appends all of a table. */
  void append(RankTable ranks) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RankTable.SLOT_BYTES * ranks.keys());
    ranks.each(
        (high, low, rank, place) -> bytes.putLong(high).putLong(low).putLong(rank).putLong(place));
    try (OutputStream out =
        Files.newOutputStream(entries, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(bytes.array());
    }
  }

  /** Ends writing. The table is mapped, so that it takes no memory that others need more. */
  void finish() throws IOException {
    ByteBuffer found = ByteBuffer.wrap(Files.readAllBytes(entries));
    int count = found.limit() / RankTable.SLOT_BYTES;
    // 1 + number of the entry that decides; between a third and two thirds are taken
    int[] last = new int[2 * Integer.highestOneBit(1 + count + count / 2)];
    for (int entry = 0; entry < count; entry++) {
      int slot = slot(last, found, entry);
      if (last[slot] == 0 || !outranks(found, last[slot] - 1, entry)) {
        last[slot] = entry + 1;
      }
    }
    write(found, last);
    Files.delete(entries);
    try (FileChannel channel = FileChannel.open(table, StandardOpenOption.READ)) {
      slots = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).asLongBuffer();
    }
  }

  /** The slot of the entry's key, or the free one where it belongs. */
  private static int slot(int[] last, ByteBuffer found, int entry) {
    long high = high(found, entry);
    long low = low(found, entry);
    int slot = (int) low & (last.length - 1);
    while (last[slot] != 0
        && (low(found, last[slot] - 1) != low || high(found, last[slot] - 1) != high)) {
      slot = (slot + 1) & (last.length - 1);
    }
    return slot;
  }

  private static boolean outranks(ByteBuffer found, int one, int other) {
    int order = Long.compare(rank(found, one), rank(found, other));
    return order > 0 || (order == 0 && place(found, one) > place(found, other));
  }

  private void write(ByteBuffer found, int[] last) throws IOException {
    try (OutputStream file = Files.newOutputStream(table);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file, BUFFER))) {
      for (int entry : last) {
        out.writeLong(entry == 0 ? 0 : low(found, entry - 1));
        out.writeLong(entry == 0 ? 0 : high(found, entry - 1));
        out.writeLong(entry == 0 ? 0 : place(found, entry - 1));
      }
    }
  }

  private static long high(ByteBuffer found, int entry) {
    return found.getLong(RankTable.SLOT_BYTES * entry);
  }

  private static long low(ByteBuffer found, int entry) {
    return found.getLong(RankTable.SLOT_BYTES * entry + Long.BYTES);
  }

  private static long rank(ByteBuffer found, int entry) {
    return found.getLong(RankTable.SLOT_BYTES * entry + 2 * Long.BYTES);
  }

  private static long place(ByteBuffer found, int entry) {
    return found.getLong(RankTable.SLOT_BYTES * entry + 3 * Long.BYTES);
  }

  boolean contains(KeyDigest key) {
    return slots.get(SLOT * find(slots, key.high(), RankTable.taken(key.low()))) != 0;
  }

  /** Whether the change at this place decides for the key. */
  boolean decides(KeyDigest key, long place) {
    int at = SLOT * find(slots, key.high(), RankTable.taken(key.low()));
    return slots.get(at) != 0 && slots.get(at + 2) == place;
  }

  /** The slot of the key, or the free one where it belongs. */
  private static int find(LongBuffer slots, long high, long low) {
    int mask = slots.limit() / SLOT - 1;
    int slot = (int) low & mask;
    while (true) {
      long found = slots.get(SLOT * slot);
      if (found == 0 || (found == low && slots.get(SLOT * slot + 1) == high)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}
