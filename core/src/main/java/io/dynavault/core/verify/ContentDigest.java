// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Both checksums of stored bytes while they pass. */
final class ContentDigest {
  private final MessageDigest sha256 = algorithm("SHA-256");
  private final MessageDigest md5 = algorithm("MD5");
  private long size;

  void update(byte[] bytes, int length) {
    sha256.update(bytes, 0, length);
    md5.update(bytes, 0, length);
    size += length;
  }

  long size() {
    return size;
  }

  /** Ends the digests. */
  Sums sums() {
    return new Sums(
        HexFormat.of().formatHex(sha256.digest()),
        Base64.getEncoder().encodeToString(md5.digest()));
  }

  /** SHA-256 in hex, as in records, and MD5 in Base64, as in manifests. */
  record Sums(String sha256, String md5) {}

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
