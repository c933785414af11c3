// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import io.dynavault.core.compare.Fingerprint.Hash;

/**
 * A checksum of a set of items that does not depend on their order: the sum of their content hashes
 * modulo 2^128. Two tables of the same items have the same one. It is evidence against accidents,
 * not against somebody who forges items.
 */
public record ItemsDigest(long high, long low) {
  /** That of no items. */
  public static final ItemsDigest EMPTY = new ItemsDigest(0, 0);

  ItemsDigest plus(Hash content) {
    long sum = low + content.low();
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new ItemsDigest(high + content.high() + carry, sum);
  }

  /** 32 hex digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
