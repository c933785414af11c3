// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads items from lines of DynamoDB JSON, each as it is, {@code {"id":{"N":"1"}}}, or wrapped as
 * in exports, {@code {"Item":{"id":{"N":"1"}}}}. Empty lines are skipped. A line that could be read
 * in both ways, as an item whose only attribute is a map called Item can, is taken for a wrapped
 * one.
 */
public final class DynamoDbJsonReader implements ItemReader {
  /** The same bound as that of data files: the JSON of an item has at most 3.6 MB. */
  static final int MAX_LINE = 4 * 1024 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] WRAPPED = "{\"Item\"".getBytes(US_ASCII);

  private final InputStream in;
  private final ItemLine itemLine = new ItemLine();
  private byte[] buffer = new byte[8 * 1024];
  private int length;
  private long line;

  /** Reads from the stream, which it closes. */
  public DynamoDbJsonReader(InputStream in) {
    this.in = new BufferedInputStream(requireNonNull(in, "in is null"), 64 * 1024);
  }

  @Override
  public Optional<Item> next() throws IOException {
    try {
      while (nextLine()) {
        int start = start();
        if (start < length) {
          return Optional.of(item(start, length - start));
        }
      }
      return Optional.empty();
    } catch (FormatException e) {
      throw new FormatException("unable to read line " + line + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Item item(int start, int count) {
    int end = Math.min(start + WRAPPED.length, length);
    if (!Arrays.equals(buffer, start, end, WRAPPED, 0, WRAPPED.length)) {
      return DynamoDbJson.decode(buffer, start, count);
    }
    try {
      itemLine.parse(buffer, start, count);
      return DynamoDbJson.decode(buffer, itemLine.itemOffset(), itemLine.itemLength());
    } catch (FormatException e) {
      return bare(start, count, e);
    }
  }

  private Item bare(int start, int count, FormatException asWrapped) {
    try {
      return DynamoDbJson.decode(buffer, start, count);
    } catch (FormatException e) {
      asWrapped.addSuppressed(e);
      throw asWrapped;
    }
  }

  /** Where the text of the line begins; its end when it is blank. */
  private int start() {
    int start = 0;
    if (line == 1 && length >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
      start = 3;
    }
    while (start < length && isBlank(buffer[start])) {
      start++;
    }
    return start;
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r';
  }

  private boolean nextLine() throws IOException {
    length = 0;
    line++;
    int next = in.read();
    if (next < 0) {
      line--;
      return false;
    }
    while (next >= 0 && next != '\n') {
      append((byte) next);
      next = in.read();
    }
    return true;
  }

  private void append(byte next) {
    if (length == buffer.length) {
      if (length >= MAX_LINE) {
        throw new FormatException("it is longer than " + MAX_LINE + " bytes");
      }
      buffer = Arrays.copyOf(buffer, Math.min(2 * length, MAX_LINE));
    }
    buffer[length++] = next;
  }
}
