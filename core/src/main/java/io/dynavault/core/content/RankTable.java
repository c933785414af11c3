// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

/**
 * Which change decides for each of some keys, in memory. Places tell changes apart, and decide
 * between equal ranks. One of several threads at a time.
 */
final class RankTable {
  /** Bytes of a slot: the digest, the rank and the place. */
  static final int SLOT_BYTES = 4 * Long.BYTES;

  private static final int FIRST_SLOTS = 16;

  /** Of a slot besides the lower half of the digest: the upper half, the rank, the place. */
  private static final int REST = 3;

  private final int maxSlots;

  /** What is asked for most, most of it in vain, stands close together. A zero is a free slot. */
  private long[] lows = new long[FIRST_SLOTS];

  private long[] rest = new long[REST * FIRST_SLOTS];
  private int keys;

  /** Takes entries one by one. */
  @FunctionalInterface
  interface Entries {
    void entry(long high, long low, long rank, long place);
  }

  /** What has become of a change. */
  enum Outcome {
    /** It decides, and is the first one of its key here. */
    FIRST,
    /** It decides instead of another one. */
    REPLACES,
    OUTRANKED
  }

  /**
   * @param memory bytes that it may take; it takes some in any case
   */
  RankTable(int memory) {
    maxSlots = Math.max(FIRST_SLOTS, Integer.highestOneBit(Math.max(1, memory / SLOT_BYTES)));
  }

  /** Whether a key that is not here yet has room. */
  boolean hasRoom() {
    return isRoomy(keys + 1, lows.length) || lows.length < maxSlots;
  }

  /** Takes in a change; there is room. */
  Outcome offer(KeyDigest key, long rank, long place) {
    int slot = find(key.high(), taken(key.low()));
    if (lows[slot] == 0) {
      if (!isRoomy(keys + 1, lows.length)) {
        grow();
        slot = find(key.high(), taken(key.low()));
      }
      keys++;
      put(slot, key.high(), taken(key.low()), rank, place);
      return Outcome.FIRST;
    }
    if (outranks(slot, rank, place)) {
      return Outcome.OUTRANKED;
    }
    put(slot, key.high(), taken(key.low()), rank, place);
    return Outcome.REPLACES;
  }

  /** Whether another change of the key is known, and outranks this one. */
  boolean outranks(KeyDigest key, long rank, long place) {
    int slot = find(key.high(), taken(key.low()));
    return lows[slot] != 0 && outranks(slot, rank, place);
  }

  private boolean outranks(int slot, long rank, long place) {
    long known = rest[REST * slot + 1];
    return known > rank || (known == rank && rest[REST * slot + 2] > place);
  }

  boolean contains(KeyDigest key) {
    return lows[find(key.high(), taken(key.low()))] != 0;
  }

  /** Whether the change at this place decides for the key. */
  boolean decides(KeyDigest key, long place) {
    int slot = find(key.high(), taken(key.low()));
    return lows[slot] != 0 && rest[REST * slot + 2] == place;
  }

  int keys() {
    return keys;
  }

  /** Hands out all that is here. */
  void each(Entries entries) {
    for (int slot = 0; slot < lows.length; slot++) {
      if (lows[slot] != 0) {
        int at = REST * slot;
        entries.entry(rest[at], lows[slot], rest[at + 1], rest[at + 2]);
      }
    }
  }

  /** Forgets all, and gives back the memory. */
  void clear() {
    lows = new long[FIRST_SLOTS];
    rest = new long[REST * FIRST_SLOTS];
    keys = 0;
  }

  /** A zero is as good as a one: they are the same once in 2^64 keys, if the rest is the same. */
  static long taken(long low) {
    return low == 0 ? 1 : low;
  }

  private static boolean isRoomy(int keys, int slots) {
    return 3L * keys <= 2L * slots;
  }

  private void put(int slot, long high, long low, long rank, long place) {
    lows[slot] = low;
    rest[REST * slot] = high;
    rest[REST * slot + 1] = rank;
    rest[REST * slot + 2] = place;
  }

  private void grow() {
    long[] formerLows = lows;
    long[] formerRest = rest;
    lows = new long[2 * formerLows.length];
    rest = new long[2 * formerRest.length];
    for (int from = 0; from < formerLows.length; from++) {
      if (formerLows[from] != 0) {
        int at = REST * from;
        int slot = find(formerRest[at], formerLows[from]);
        put(slot, formerRest[at], formerLows[from], formerRest[at + 1], formerRest[at + 2]);
      }
    }
  }

  /** The slot of the key, or the free one where it belongs. */
  private int find(long high, long low) {
    int mask = lows.length - 1;
    int slot = (int) low & mask;
    while (lows[slot] != 0 && (lows[slot] != low || rest[REST * slot] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
