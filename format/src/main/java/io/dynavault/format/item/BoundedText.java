// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import io.dynavault.format.FormatException;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 text of which only so much may be read for one item, so that no file can fill the memory.
 * Bytes that are not UTF-8 are an error; a byte order mark at the start is passed over.
 */
final class BoundedText extends FilterReader {
  /** Far more than an item of 400 KB takes, even with every character escaped. */
  static final int MAX_ITEM_CHARACTERS = 4 * 1024 * 1024;

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private long left = MAX_ITEM_CHARACTERS;

  private BoundedText(Reader in) {
    super(in);
  }

  static BoundedText of(InputStream in) throws IOException {
    Reader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    BoundedText text = new BoundedText(reader);
    reader.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return text;
  }

  /** Starts another item. */
  void nextItem() {
    left = MAX_ITEM_CHARACTERS;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (left <= 0) {
      throw new FormatException("item takes more than " + MAX_ITEM_CHARACTERS + " characters");
    }
    try {
      int count = in.read(buffer, offset, length);
      left -= count;
      return count;
    } catch (CharacterCodingException e) {
      throw new FormatException("invalid UTF-8");
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
