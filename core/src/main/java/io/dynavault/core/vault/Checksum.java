// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How to know that stored bytes are the right ones.
 *
 * @param value the digest of the stored bytes, in the text form of its algorithm
 */
public record Checksum(Algorithm algorithm, String value) {

  /** What a checksum is computed with. */
  public enum Algorithm {
    /** In lower-case hex: of every file that we have written or read. */
    SHA256("SHA-256", "64 hex digits", "[0-9a-f]{64}"),
    /** In Base64, as the manifests of an export have it: of the data files that AWS wrote. */
    MD5("MD5", "16 bytes in Base64", "[0-9A-Za-z+/]{21}[AQgw]==");

    private final String label;
    private final String form;
    private final Pattern pattern;

    Algorithm(String label, String form, String pattern) {
      this.label = label;
      this.form = form;
      this.pattern = Pattern.compile(pattern);
    }

    /** What people and Java call it. */
    public String label() {
      return label;
    }

    /** Begins a digest. */
    public MessageDigest newDigest() {
      try {
        return MessageDigest.getInstance(label);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has " + label, e);
      }
    }

    /** The checksum that a digest has come to. */
    public Checksum of(MessageDigest ended) {
      return new Checksum(this, text(ended.digest()));
    }

    /** The checksum of some bytes. */
    public Checksum of(byte[] content) {
      return new Checksum(this, text(newDigest().digest(content)));
    }

    private String text(byte[] digest) {
      return this == MD5
          ? Base64.getEncoder().encodeToString(digest)
          : HexFormat.of().formatHex(digest);
    }
  }

  public Checksum {
    requireNonNull(algorithm, "algorithm is null");
    if (!algorithm.pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(algorithm.label + " is not " + algorithm.form);
    }
  }

  /**
   * @param hex 64 lower-case hex digits
   */
  public static Checksum sha256(String hex) {
    return new Checksum(Algorithm.SHA256, hex);
  }

  /**
   * @param base64 as {@code md5Checksum} of a manifest
   */
  public static Checksum md5(String base64) {
    return new Checksum(Algorithm.MD5, base64);
  }

  /** The digest in lower-case hex, whatever the algorithm: for names of objects. */
  public String hex() {
    return isMd5() ? HexFormat.of().formatHex(Base64.getDecoder().decode(value)) : value;
  }

  public boolean isMd5() {
    return algorithm == Algorithm.MD5;
  }

  /** Such as {@code its SHA-256 is … , in the record …}. */
  public String differsFrom(Checksum recorded) {
    return "its %s is %s, in the record %s".formatted(algorithm.label, value, recorded.value);
  }

  @Override
  public String toString() {
    return algorithm.label + " " + value;
  }
}
