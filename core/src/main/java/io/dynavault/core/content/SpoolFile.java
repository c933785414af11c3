// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.temporary.TemporaryFolder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * Changes of a partition that memory had no room for: a file of their images, and one of their
 * digests, ranks, lengths and sizes, in the same order. It is written in turns; then {@link
 * #finish} finds the change of each key that counts; then it is read.
 */
final class SpoolFile {
  /** Digest, rank, length of the image and size of the item. */
  private static final int HEAD = 3 * Long.BYTES + 2 * Integer.BYTES;

  private static final int LENGTH = 3 * Long.BYTES;

  private static final int BUFFER = 32 * 1024;

  private final Path heads;
  private final Path images;
  private final Path keys;
  private BitSet live = new BitSet();
  private LongBuffer table = LongBuffer.allocate(0);

  SpoolFile(TemporaryFolder folder, int number) {
    heads = folder.file(number + ".heads");
    images = folder.file(number + ".images");
    keys = folder.file(number + ".keys");
  }

  /** Appends all of a partition. */
  void append(SpoolPartition partition) throws IOException {
    if (partition.isEmpty()) {
      return;
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD * partition.keys());
    ByteBuffer image = ByteBuffer.allocate(partition.imageBytes());
    partition.each(
        (high, low, rank, json, slice) -> {
          head.putLong(high).putLong(low).putLong(rank);
          head.putInt(slice.length()).putInt(slice.size());
          image.put(json, slice.offset(), Math.max(0, slice.length()));
        });
    append(heads, head.array(), head.position());
    append(images, image.array(), image.position());
  }

  private static void append(Path file, byte[] bytes, int length) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(bytes, 0, length);
    }
  }

  /**
   * Ends writing.
   *
   * @return keys whose items are there
   */
  long finish() throws IOException {
    ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(heads));
    int count = entries.limit() / HEAD;
    // 1 + number of the entry that counts; between a third and two thirds are taken
    int[] last = new int[2 * Integer.highestOneBit(1 + count + count / 2)];
    for (int entry = 0; entry < count; entry++) {
      int slot = slot(last, entries, entry);
      if (last[slot] == 0 || rank(entries, entry) >= rank(entries, last[slot] - 1)) {
        last[slot] = entry + 1;
      }
    }
    mapKeys(entries, last);
    return live.cardinality();
  }

  /** The slot of the entry's key, or the free one where it belongs. */
  private static int slot(int[] last, ByteBuffer entries, int entry) {
    long high = entries.getLong(HEAD * entry);
    long low = entries.getLong(HEAD * entry + Long.BYTES);
    int slot = (int) low & (last.length - 1);
    while (last[slot] != 0) {
      int at = HEAD * (last[slot] - 1);
      if (entries.getLong(at) == high && entries.getLong(at + Long.BYTES) == low) {
        return slot;
      }
      slot = (slot + 1) & (last.length - 1);
    }
    return slot;
  }

  private static long rank(ByteBuffer entries, int entry) {
    return entries.getLong(HEAD * entry + 2 * Long.BYTES);
  }

  /** The same table with the digests themselves, in a file: a digest of zeros does not occur. */
  private void mapKeys(ByteBuffer entries, int[] last) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(2 * Long.BYTES * last.length);
    for (int entry : last) {
      int at = HEAD * (entry - 1);
      content.putLong(entry == 0 ? 0 : entries.getLong(at));
      content.putLong(entry == 0 ? 0 : entries.getLong(at + Long.BYTES));
      if (entry != 0 && entries.getInt(at + LENGTH) != SpoolPartition.DELETED) {
        live.set(entry - 1);
      }
    }
    Files.write(keys, content.array());
    try (FileChannel channel = FileChannel.open(keys, StandardOpenOption.READ)) {
      table = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).asLongBuffer();
    }
  }

  boolean contains(long high, long low) {
    int mask = table.limit() / 2 - 1;
    int slot = (int) low & mask;
    while (true) {
      long foundHigh = table.get(2 * slot);
      long foundLow = table.get(2 * slot + 1);
      if (foundHigh == high && foundLow == low) {
        return true;
      }
      if (foundHigh == 0 && foundLow == 0) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Hands out the images that count. */
  void read(ItemConsumer consumer) throws IOException, InterruptedException {
    int last = live.length() - 1;
    if (last < 0) {
      return;
    }
    try (InputStream head = input(heads);
        InputStream image = input(images)) {
      byte[] bytes = new byte[BUFFER];
      byte[] values = new byte[HEAD];
      for (int entry = 0; entry <= last; entry++) {
        readFully(head, values, HEAD);
        ByteBuffer entryHead = ByteBuffer.wrap(values);
        int length = Math.max(0, entryHead.getInt(LENGTH));
        if (!live.get(entry)) {
          image.skipNBytes(length);
          continue;
        }
        bytes = bytes.length < length ? new byte[Math.max(length, 2 * bytes.length)] : bytes;
        readFully(image, bytes, length);
        consumer.item(bytes, 0, length, entryHead.getInt(LENGTH + Integer.BYTES));
      }
    }
  }

  private static InputStream input(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  private static void readFully(InputStream in, byte[] target, int length) throws IOException {
    if (in.readNBytes(target, 0, length) < length) {
      throw new EOFException("a temporary file ends inside a change");
    }
  }
}
