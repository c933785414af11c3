// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An item reduced to what a comparison needs. The hashes are the first 128 bits of SHA-256: two
 * items that differ have the same ones about as likely as the disk lies.
 *
 * @param key hash of the canonical key
 * @param content hash of the canonical item
 */
public record Fingerprint(Hash key, Hash content) {

  /** 128 bits. */
  public record Hash(long high, long low) {
    private static Hash of(byte[] bytes) {
      ByteBuffer digest = ByteBuffer.wrap(sha256().digest(bytes));
      return new Hash(digest.getLong(), digest.getLong());
    }
  }

  /** Of an item of a table with these keys. */
  public static Fingerprint of(KeyReader keys, Item item) {
    ItemKey key = keys.read(item);
    return new Fingerprint(
        hash(keys, key), Hash.of(DynamoDbJson.encode(ItemComparison.canonical(item))));
  }

  /** The hash of a key alone. */
  public static Hash hash(KeyReader keys, ItemKey key) {
    return Hash.of(DynamoDbJson.encode(keys.attributes(key)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
