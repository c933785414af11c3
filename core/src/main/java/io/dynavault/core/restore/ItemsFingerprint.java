// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether two restores choose and change items alike, without saying how: a SHA-256 of the
 * texts in which a user has given it. Not safe for several threads.
 */
public final class ItemsFingerprint {
  /** Of a restore of all items as they are. */
  public static final String EVERYTHING = "";

  private final MessageDigest digest;
  private boolean empty = true;

  public ItemsFingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Takes in one part of the choice. The order matters.
   *
   * @param kind what it is, such as {@code filter}
   * @param text as it was given; may be a secret
   */
  public ItemsFingerprint add(String kind, String text) {
    update(requireNonNull(kind, "kind is null"));
    update(requireNonNull(text, "text is null"));
    empty = false;
    return this;
  }

  /** 64 hex digits, or {@link #EVERYTHING} if nothing was added. Ends the fingerprint. */
  public String end() {
    return empty ? EVERYTHING : HexFormat.of().formatHex(digest.digest());
  }

  /** With its length, so that no two lists of texts are the same bytes. */
  private void update(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
