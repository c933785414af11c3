// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.vault.Checksum;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.KeyReader;
import java.nio.ByteBuffer;

/**
 * The first 128 bits of the SHA-256 of a canonical key: two keys have the same about as likely as
 * the disk lies.
 */
record KeyDigest(long high, long low) implements Comparable<KeyDigest> {

  /** That of the key of an item, or of a key alone. */
  static KeyDigest of(KeyReader keys, byte[] json, int offset, int length) {
    byte[] key = DynamoDbJson.encode(keys.attributes(keys.read(json, offset, length)));
    ByteBuffer digest = ByteBuffer.wrap(Checksum.Algorithm.SHA256.newDigest().digest(key));
    return new KeyDigest(digest.getLong(), digest.getLong());
  }

  /** Which of 256 parts it belongs to. */
  int partition() {
    return (int) (high >>> 56);
  }

  @Override
  public int compareTo(KeyDigest other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }
}
