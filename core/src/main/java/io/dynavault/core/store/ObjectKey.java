// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The rules of a key, the same for every store, so that a vault can be copied from any store to any
 * other: no way out of the root, nothing that one file system or S3 would read differently.
 */
public final class ObjectKey {
  /** Bytes of UTF-8 that S3 allows (Amazon S3 User Guide, "Naming Amazon S3 objects"). */
  public static final int MAX_BYTES = 1024;

  /** The top-level folder that a store keeps for itself: no key may lie in it. */
  public static final String RESERVED = ".dynavault";

  /** The order of a listing: by the bytes of UTF-8, as S3 sorts. */
  public static final Comparator<String> ORDER = ObjectKey::compare;

  private ObjectKey() {}

  /**
   * Returns the key if it names an object.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static String check(String key) {
    requireNonNull(key, "key is null");
    checkText(key);
    for (String part : key.split("/", -1)) {
      checkPart(key, part);
    }
    checkNotReserved(key);
    return key;
  }

  /** Whether {@link #check} accepts the key. */
  public static boolean isValid(String key) {
    try {
      check(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns the prefix if keys can start with it; its last part may be any beginning, or empty.
   *
   * @throws IllegalArgumentException if no key can
   */
  public static String checkPrefix(String prefix) {
    requireNonNull(prefix, "prefix is null");
    checkText(prefix);
    String[] parts = prefix.split("/", -1);
    for (int part = 0; part < parts.length - 1; part++) {
      checkPart(prefix, parts[part]);
    }
    checkNotReserved(prefix);
    return prefix;
  }

  private static void checkText(String key) {
    for (int at = 0; at < key.length(); at++) {
      char c = key.charAt(at);
      if (c == '\\' || Character.isISOControl(c)) {
        throw invalid(key, "it contains a backslash or a control character");
      }
    }
    if (utf8Length(key) > MAX_BYTES) {
      throw invalid(key, "it is longer than " + MAX_BYTES + " bytes");
    }
  }

  private static void checkPart(String key, String part) {
    if (part.isEmpty() || part.equals(".") || part.equals("..")) {
      throw invalid(key, "it has an empty, '.' or '..' part");
    }
  }

  private static void checkNotReserved(String key) {
    if (key.equals(RESERVED) || key.startsWith(RESERVED + "/")) {
      throw invalid(key, "'" + RESERVED + "' is reserved");
    }
  }

  private static int utf8Length(String key) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
      return bytes.remaining();
    } catch (CharacterCodingException e) {
      throw invalid(key, "it is not valid Unicode");
    }
  }

  private static IllegalArgumentException invalid(String key, String reason) {
    return new IllegalArgumentException("invalid object key '" + printable(key) + "': " + reason);
  }

  /** The key without what could forge a line of a log, and not endless. */
  private static String printable(String key) {
    StringBuilder text = new StringBuilder();
    key.chars()
        .limit(200)
        .forEach(
            c -> {
              boolean plain = c >= ' ' && c < 0x7f;
              text.append(plain ? String.valueOf((char) c) : String.format("\\u%04x", c));
            });
    return key.length() > 200 ? text + "..." : text.toString();
  }

  /** UTF-8 sorts by code point; UTF-16 units do so too except that surrogates sort above all. */
  private static int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int at = 0; at < shorter; at++) {
      char a = left.charAt(at);
      char b = right.charAt(at);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) && Character.isSurrogate(b);
        if (!surrogates && Character.isSurrogate(a)) {
          return 1;
        }
        if (!surrogates && Character.isSurrogate(b)) {
          return -1;
        }
        return Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
