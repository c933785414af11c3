// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Size, SHA-256 and, unless nobody needs it, MD5 of stored bytes while they pass. */
final class StoredDigest {
  private final Optional<MessageDigest> md5;
  private final MessageDigest sha256 = algorithm("SHA-256");
  private long size;

  StoredDigest() {
    this(Optional.of(algorithm("MD5")));
  }

  private StoredDigest(Optional<MessageDigest> md5) {
    this.md5 = md5;
  }

  /** MD5 takes longer than SHA-256, for which processors have instructions. */
  static StoredDigest withoutMd5() {
    return new StoredDigest(Optional.empty());
  }

  /** The digests of bytes at rest. */
  static StoredDigest of(byte[] content) {
    StoredDigest digest = new StoredDigest();
    digest.update(content, 0, content.length);
    return digest;
  }

  void update(byte[] bytes, int offset, int length) {
    if (md5.isPresent()) {
      md5.get().update(bytes, offset, length);
    }
    sha256.update(bytes, offset, length);
    size += length;
  }

  long size() {
    return size;
  }

  /** Ends the digest; may be called once, instead of {@link #summary}. */
  String endSha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Ends the digest; may be called once. */
  DataFileSummary summary(long itemCount, long rawBytes) {
    byte[] md5Bytes = md5.orElseThrow().digest();
    return new DataFileSummary(
        itemCount,
        rawBytes,
        size,
        Base64.getEncoder().encodeToString(md5Bytes),
        HexFormat.of().formatHex(sha256.digest()),
        etag(md5Bytes));
  }

  /** Base64 of the MD5, as in manifests and their {@code .md5} files. */
  static String md5Base64(byte[] content) {
    return Base64.getEncoder().encodeToString(algorithm("MD5").digest(content));
  }

  static String sha256Hex(byte[] content) {
    return HexFormat.of().formatHex(algorithm("SHA-256").digest(content));
  }

  /** S3's entity tag of a multipart upload of one part, as all of AWS's data files have it. */
  static String etag(byte[] md5) {
    return HexFormat.of().formatHex(algorithm("MD5").digest(md5)) + "-1";
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}
