// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynavault.format.FormatException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The checksum that a record carries of itself, as its last field: whatever is changed in the file
 * afterwards, were it one bit of a tag, makes it unreadable instead of wrong (docs/format/vault.md,
 * "The record"). A run's journal and the objects of continuous backup have it too.
 */
public final class RecordSeal {
  private static final byte[] BEFORE = ",\"recordSha256\":\"".getBytes(US_ASCII);
  private static final byte[] AFTER = "\"}".getBytes(US_ASCII);
  private static final int HEX_DIGITS = 64;
  private static final int LENGTH = BEFORE.length + HEX_DIGITS + AFTER.length;

  private RecordSeal() {}

  /**
   * The document with its checksum as one more field; it has other fields and ends in its brace.
   */
  public static byte[] seal(byte[] document) {
    int open = document.length - 1;
    byte[] sealed = Arrays.copyOf(document, open + LENGTH);
    byte[] seal = sealOf(document, open);
    System.arraycopy(seal, 0, sealed, open, LENGTH);
    return sealed;
  }

  /**
   * Compares the document with its checksum.
   *
   * @throws FormatException if it is not the document that was sealed
   */
  public static void check(byte[] sealed) {
    int open = sealed.length - LENGTH;
    if (open < 0 || !Arrays.equals(sealed, open, open + BEFORE.length, BEFORE, 0, BEFORE.length)) {
      throw new FormatException("record: it does not end in the field 'recordSha256'");
    }
    if (!Arrays.equals(sealed, open, sealed.length, sealOf(sealed, open), 0, LENGTH)) {
      throw new FormatException("record: 'recordSha256' is not the checksum of what is before it");
    }
  }

  private static byte[] sealOf(byte[] document, int length) {
    MessageDigest digest = sha256();
    digest.update(document, 0, length);
    String hex = HexFormat.of().formatHex(digest.digest());
    return (new String(BEFORE, US_ASCII) + hex + new String(AFTER, US_ASCII)).getBytes(US_ASCII);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
