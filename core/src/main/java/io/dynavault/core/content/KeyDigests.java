// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.vault.Checksum;
import io.dynavault.format.item.KeyScan;
import io.dynavault.format.item.KeySchema;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;

/** Digests the keys of item after item. Reusable, for one thread. */
final class KeyDigests {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final KeyScan keys;
  private final MessageDigest sha256 = Checksum.Algorithm.SHA256.newDigest();
  private final byte[] digest = new byte[sha256.getDigestLength()];

  KeyDigests(KeySchema schema) {
    keys = new KeyScan(schema);
  }

  /**
   * The digest of the key of an item, or of a key alone.
   *
   * @throws io.dynavault.format.FormatException if it has no such key
   */
  KeyDigest of(byte[] json, int offset, int length) {
    keys.read(json, offset, length);
    sha256.update(keys.bytes(), 0, keys.length());
    try {
      sha256.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the digest has the room that it asks for", e);
    }
    return new KeyDigest((long) LONG.get(digest, 0), (long) LONG.get(digest, Long.BYTES));
  }
}
