// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A 64-bit hash of a primary key that is the same in every process and release, for samples,
 * partitions and digests. It does not withstand people who choose keys to collide.
 *
 * <p>Algorithm: FNV-1a with 64 bits over, for the partition key and then the sort key if there is
 * one, the type's letter, the length as four big-endian bytes, and the bytes of the value (UTF-8 of
 * a string, ASCII of a canonical number, binary as it is); then the finalizer of MurmurHash3, which
 * spreads it over all bits.
 */
public final class KeyHash {
  private static final long FNV_OFFSET_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private KeyHash() {}

  /** The hash of a key that {@link KeyReader} made. */
  public static long of(ItemKey key) {
    long hash = add(FNV_OFFSET_BASIS, key.partition());
    if (key.sort().isPresent()) {
      hash = add(hash, key.sort().get());
    }
    return spread(hash);
  }

  private static long add(long hash, Value value) {
    byte[] bytes = bytes(value);
    long result = add(hash, (byte) value.type().charAt(0));
    for (int shift = 24; shift >= 0; shift -= 8) {
      result = add(result, (byte) (bytes.length >>> shift));
    }
    for (byte b : bytes) {
      result = add(result, b);
    }
    return result;
  }

  private static long add(long hash, byte b) {
    return (hash ^ (b & 0xFF)) * FNV_PRIME;
  }

  private static byte[] bytes(Value value) {
    if (value instanceof Value.S string) {
      return string.value().getBytes(UTF_8);
    }
    if (value instanceof Value.N number) {
      return number.value().getBytes(UTF_8);
    }
    if (value instanceof Value.B binary) {
      return binary.value();
    }
    throw new IllegalArgumentException("not a type of keys: " + value.type());
  }

  private static long spread(long hash) {
    long h = hash;
    h = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }
}
