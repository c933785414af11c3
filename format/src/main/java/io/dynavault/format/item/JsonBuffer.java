// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.checkFromIndexSize;

import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * A growable array of bytes to which compact JSON is appended. Strings are written as DynamoDB's
 * servers write them: UTF-8, with escapes only for quotes, backslashes and control characters.
 * Reusable, for one thread.
 */
public final class JsonBuffer {
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;
  private static final int CHUNK = 512;
  private static final long LONGEST_ESCAPE = 6;
  private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  /** A buffer with room for an item of usual size. */
  public JsonBuffer() {
    this(1024);
  }

  /** A buffer with room for this number of bytes. */
  public JsonBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** Appends one ASCII character as it is. */
  public JsonBuffer append(char ascii) {
    ensureRoom(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends ASCII text as it is. */
  public JsonBuffer append(String ascii) {
    ensureRoom(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends bytes as they are. */
  public JsonBuffer append(byte[] source, int offset, int count) {
    checkFromIndexSize(offset, count, source.length);
    ensureRoom(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  /**
   * Appends text as a JSON string, in quotes.
   *
   * @throws FormatException if the text has half of a surrogate pair, which UTF-8 cannot hold
   */
  public JsonBuffer appendString(String text) {
    append('"');
    int i = 0;
    while (i < text.length()) {
      int chunkEnd = Math.min(text.length(), i + CHUNK);
      ensureRoom(LONGEST_ESCAPE * (chunkEnd - i));
      i = appendCharacters(text, i, chunkEnd);
    }
    return append('"');
  }

  /** Appends characters for which there is room; returns the index after the last. */
  private int appendCharacters(String text, int from, int to) {
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        int codePoint = Utf8.codePoint(text, i);
        length = Utf8.put(codePoint, bytes, length);
        i += Character.charCount(codePoint);
        continue;
      }
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else {
        bytes[length++] = (byte) c;
      }
      i++;
    }
    return i;
  }

  /** Appends binary data as Base64 in quotes. */
  public JsonBuffer appendBase64(byte[] binary) {
    byte[] text = Base64.getEncoder().encode(binary);
    return append('"').append(text, 0, text.length).append('"');
  }

  /** Appends an array whose elements the given action appends. */
  <T> JsonBuffer appendArray(List<T> elements, Consumer<T> appendElement) {
    append('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        append(',');
      }
      appendElement.accept(elements.get(i));
    }
    return append(']');
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[length++] = (byte) c;
      case '\b' -> bytes[length++] = 'b';
      case '\f' -> bytes[length++] = 'f';
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> {
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          bytes[length++] = HEX_DIGITS[c >>> shift & 0xF];
        }
      }
    }
  }

  private void ensureRoom(long count) {
    long needed = length + count;
    if (needed > MAX_CAPACITY) {
      throw new FormatException("JSON text is larger than 2 GiB");
    }
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(MAX_CAPACITY, Math.max(needed, 2L * bytes.length)));
    }
  }

  /** The array that holds the text in its first {@link #length()} bytes; replaced by growing. */
  public byte[] bytes() {
    return bytes;
  }

  /** Bytes appended. */
  public int length() {
    return length;
  }

  /** Forgets the text and keeps the room. */
  public void clear() {
    length = 0;
  }

  /** A copy of the text. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Writes the text. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /** The text as a string. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
