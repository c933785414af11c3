// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

/**
 * The first 128 bits of the SHA-256 of a canonical key: two keys have the same about as likely as
 * the disk lies.
 */
record KeyDigest(long high, long low) {

  /** At a hundred million keys a part has four hundred thousand. */
  static final int PARTITIONS = 256;

  /** Which of {@link #PARTITIONS} it belongs to. */
  int partition() {
    return (int) (high >>> 56);
  }
}
