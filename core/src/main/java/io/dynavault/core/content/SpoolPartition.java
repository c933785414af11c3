// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.format.item.ChangeLine.Slice;
import java.io.IOException;
import java.util.Arrays;

/**
 * The deciding changes of keys, in memory: a table of keys, and their images behind each other. One
 * of several threads at a time.
 */
final class SpoolPartition {
  /** What there is instead of the length of an image where there is none. */
  static final int DELETED = -1;

  /** Of a slot: the digest, the rank, offset and length of the image, and the item's size. */
  private static final int SLOT = 5;

  private static final int FIRST_SLOTS = 16;
  private static final int FIRST_BYTES = 1024;

  /** Added to the length in a slot, so that a slot of zeros is free. */
  private static final int TAKEN = 2;

  private final int most;
  private long[] slots = new long[SLOT * FIRST_SLOTS];
  private byte[] images = {};
  private int keys;
  private int used;
  private int live;

  /** Takes entries one by one. */
  @FunctionalInterface
  interface Entries<E extends Exception> {
    /**
     * @param image in {@code images}; its length is {@link #DELETED} if there is none
     */
    void entry(long high, long low, long rank, byte[] images, Slice image) throws E;
  }

  /** Where entries go when there is no room for them. */
  @FunctionalInterface
  interface Spill {
    void spill(SpoolPartition partition) throws IOException;
  }

  /**
   * @param most bytes that it may take, but for one image that is longer
   */
  SpoolPartition(int most) {
    this.most = most;
  }

  /**
   * Adds a change, or drops it where one of a higher rank is known.
   *
   * @param image in {@code json}; its length is {@link #DELETED} if there is none
   */
  void add(KeyDigest key, long rank, byte[] json, Slice image, Spill spill) throws IOException {
    int slot = find(key.high(), key.low());
    boolean known = slots[slot + 3] != 0;
    if (known && slots[slot + 2] > rank) {
      return;
    }
    int size = Math.max(0, image.length());
    int before = known ? Math.max(0, length(slot)) : 0;
    if ((!known && !makeSlot()) || (size > before && !makeRoom(size))) {
      spill.spill(this);
      clear(size);
      known = false;
      before = 0;
    }
    slot = find(key.high(), key.low());
    int place = size <= before ? offset(slot) : used;
    if (size > 0) {
      System.arraycopy(json, image.offset(), images, place, size);
    }
    used = Math.max(used, place + size);
    live += size - before;
    keys += known ? 0 : 1;
    slots[slot] = key.high();
    slots[slot + 1] = key.low();
    slots[slot + 2] = rank;
    slots[slot + 3] = place(place, image.length());
    slots[slot + 4] = image.size();
  }

  boolean contains(long high, long low) {
    return slots[find(high, low) + 3] != 0;
  }

  boolean isEmpty() {
    return keys == 0;
  }

  /** Bytes of the images. */
  int imageBytes() {
    return live;
  }

  int keys() {
    return keys;
  }

  /** Keys whose items are there. */
  long images() {
    long count = 0;
    for (int slot = 0; slot < slots.length; slot += SLOT) {
      if (slots[slot + 3] != 0 && length(slot) != DELETED) {
        count++;
      }
    }
    return count;
  }

  <E extends Exception> void each(Entries<E> entries) throws E {
    for (int slot = 0; slot < slots.length; slot += SLOT) {
      if (slots[slot + 3] != 0) {
        entries.entry(
            slots[slot],
            slots[slot + 1],
            slots[slot + 2],
            images,
            new Slice(offset(slot), length(slot), (int) slots[slot + 4]));
      }
    }
  }

  /** Gives back the memory. */
  void clear() {
    slots = new long[SLOT * FIRST_SLOTS];
    images = new byte[0];
    keys = 0;
    used = 0;
    live = 0;
  }

  private void clear(int room) {
    Arrays.fill(slots, 0);
    if (images.length < room || images.length > most) {
      images = new byte[room];
    }
    keys = 0;
    used = 0;
    live = 0;
  }

  /** Whether there is a slot for another key, when this returns. */
  private boolean makeSlot() {
    if ((keys + 1) * 2 * SLOT <= slots.length) {
      return true;
    }
    if (2L * Long.BYTES * slots.length + images.length > most) {
      return false;
    }
    grow();
    return true;
  }

  /** Whether there is room for another image, when this returns. */
  private boolean makeRoom(int size) {
    if (used + size <= images.length) {
      return true;
    }
    if (live + size <= images.length / 2) {
      compact();
      return true;
    }
    long wanted = Math.max(FIRST_BYTES, Math.max(2L * images.length, (long) used + size));
    long room = Math.min(wanted, most - (long) Long.BYTES * slots.length);
    if (room < used + size) {
      return false;
    }
    images = Arrays.copyOf(images, (int) room);
    return true;
  }

  /** Leaves out the images that others have replaced. */
  private void compact() {
    byte[] packed = new byte[images.length];
    int end = 0;
    for (int slot = 0; slot < slots.length; slot += SLOT) {
      int length = slots[slot + 3] == 0 ? DELETED : length(slot);
      if (length > 0) {
        System.arraycopy(images, offset(slot), packed, end, length);
        slots[slot + 3] = place(end, length);
        end += length;
      }
    }
    images = packed;
    used = end;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[2 * before.length];
    for (int from = 0; from < before.length; from += SLOT) {
      if (before[from + 3] != 0) {
        System.arraycopy(before, from, slots, find(before[from], before[from + 1]), SLOT);
      }
    }
  }

  /** The slot of the key, or the free one where it belongs. */
  private int find(long high, long low) {
    int mask = slots.length / SLOT - 1;
    int slot = (int) low & mask;
    while (true) {
      int at = SLOT * slot;
      if (slots[at + 3] == 0 || (slots[at] == high && slots[at + 1] == low)) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
  }

  private int offset(int slot) {
    return (int) (slots[slot + 3] >>> Integer.SIZE);
  }

  private int length(int slot) {
    return (int) slots[slot + 3] - TAKEN;
  }

  private static long place(int offset, int length) {
    return ((long) offset << Integer.SIZE) | (length + TAKEN);
  }
}
