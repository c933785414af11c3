// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

/** Bits on their way to bytes, lowest bit first (RFC 1951, section 3.1.1). */
final class BitOutput {
  /** Bytes beyond the last that a store of 8 bytes may touch. */
  private static final int SLACK = 8;

  private final byte[] bytes;
  private int size;
  private long pending;
  private int pendingBits;

  BitOutput(int capacity) {
    this.bytes = new byte[capacity + SLACK];
  }

  /** Where the bytes are, from index 0 on. */
  byte[] bytes() {
    return bytes;
  }

  /** Whole bytes written. */
  int size() {
    return size;
  }

  /** Bits that do not fill a byte yet. */
  long pending() {
    return pending;
  }

  /** How many of them, 0 to 7. */
  int pendingBits() {
    return pendingBits;
  }

  /** Takes over what a loop has written to {@link #bytes} itself. */
  void proceed(int size, long pending, int pendingBits) {
    this.size = size;
    this.pending = pending;
    this.pendingBits = pendingBits;
  }

  /** Adds up to 32 bits; those of the value above them must be 0. */
  void put(int value, int bits) {
    pending |= (value & 0xffff_ffffL) << pendingBits;
    pendingBits += bits;
    LittleEndian.putLong(bytes, size, pending);
    size += pendingBits >>> 3;
    pending >>>= pendingBits & ~7;
    pendingBits &= 7;
  }

  /** Fills the last byte with zeros. */
  void align() {
    put(0, -pendingBits & 7);
  }

  /** Adds whole bytes; must be aligned. */
  void putBytes(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Forgets the whole bytes, which somebody has taken. */
  void clear() {
    size = 0;
  }
}
