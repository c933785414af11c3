// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.checkFromIndexSize;

import io.dynavault.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A position in JSON bytes that moves over one token at a time, validating it against RFC 8259 and
 * UTF-8. Nothing is allocated for a token: the text of the last string or number is a slice, see
 * {@link #text()}. Reusable, for one thread.
 */
final class JsonCursor {
  /**
   * Containers that may be open at once. DynamoDB nests values 32 levels deep, each of two JSON
   * objects, inside an item, inside a page.
   */
  static final int MAX_DEPTH = 80;

  private byte[] bytes = {};
  private int start;
  private int limit;
  private int position;

  private byte[] textBytes = {};
  private int textStart;
  private int textEnd;
  private boolean loneSurrogate;
  private byte[] scratch = {};

  /** Moves to the start of other bytes. Offsets in errors count from there. */
  void reset(byte[] newBytes, int offset, int length) {
    checkFromIndexSize(offset, length, newBytes.length);
    bytes = newBytes;
    start = offset;
    position = offset;
    limit = offset + length;
  }

  /** Index of the next byte to read. */
  int position() {
    return position;
  }

  /** Moves to an index where it has been. */
  void moveTo(int index) {
    position = index;
  }

  /** The next byte that is not white space, not yet consumed. */
  byte peek() {
    while (position < limit) {
      byte b = bytes[position];
      if (b > ' ' || !isWhitespace(b)) {
        return b;
      }
      position++;
    }
    throw failure("unexpected end");
  }

  /** Consumes this structural character. */
  void expect(char structural) {
    if (peek() != structural) {
      throw failure("expected '" + structural + "'");
    }
    position++;
  }

  /** Consumes this structural character if it is next. */
  boolean accept(char structural) {
    if (peek() != structural) {
      return false;
    }
    position++;
    return true;
  }

  /** After an element: consumes a comma (there is more) or the closing bracket (there is not). */
  boolean hasMore(char close) {
    byte b = peek();
    if (b != ',' && b != close) {
      throw failure("expected ',' or '" + close + "'");
    }
    position++;
    return b == ',';
  }

  /** Demands that nothing but white space is left. */
  void expectEnd() {
    while (position < limit) {
      if (!isWhitespace(bytes[position])) {
        throw failure("unexpected text after the end");
      }
      position++;
    }
  }

  /** Consumes the start of a value, one of {@link ValueStart}, if it is next. */
  boolean acceptStart(long start) {
    if (!ValueStart.isAt(bytes, position, limit, start)) {
      return false;
    }
    position += ValueStart.LENGTH;
    return true;
  }

  /** Consumes exactly these bytes, white space included, if they are next. */
  boolean acceptBytes(byte[] text) {
    int end = position + text.length;
    if (end > limit || !Arrays.equals(bytes, position, end, text, 0, text.length)) {
      return false;
    }
    position = end;
    return true;
  }

  /** Whether this structural character is the very last byte. */
  boolean isLast(char structural) {
    return position == limit - 1 && bytes[position] == structural;
  }

  /** Consumes an object by its braces and quotes alone: what is in it is not checked. */
  void passObject() {
    expect('{');
    int depth = 1;
    while (position < limit) {
      byte b = bytes[position++];
      if (b == '"') {
        passText();
      } else if (b == '{') {
        depth++;
      } else if (b == '}' && --depth == 0) {
        return;
      }
    }
    throw failure("object without end");
  }

  /** Moves behind the quote that ends a string. */
  private void passText() {
    position = PlainText.quoteOrBackslash(bytes, position, limit);
    while (position < limit && bytes[position] == '\\') {
      position = PlainText.quoteOrBackslash(bytes, Math.min(position + 2, limit), limit);
    }
    position++;
  }

  /** Consumes a string and returns the UTF-8 bytes of its text once its escapes are decoded. */
  int skipString() {
    expect('"');
    return restOfString();
  }

  /** As {@link #skipString()} after the opening quote. */
  int restOfString() {
    int from = position;
    int end = PlainText.end(bytes, from, limit);
    if (end < limit && bytes[end] == '"') {
      position = end + 1;
      return end - from;
    }
    position = end;
    int excess = skipSpecialText();
    return position++ - from - excess;
  }

  /** Consumes a string and decodes its escapes, if it has any, so that the text is as meant. */
  void string() {
    expect('"');
    restOfText();
  }

  /** As {@link #string()} after the opening quote. */
  void restOfText() {
    loneSurrogate = false;
    int from = position;
    int length = restOfString();
    textBytes = bytes;
    textStart = from;
    textEnd = position - 1;
    if (length != textEnd - textStart) {
      if (scratch.length < length) {
        scratch = new byte[Math.max(64, 2 * length)];
      }
      JsonEscape.unescape(bytes, textStart, textEnd, scratch);
      textBytes = scratch;
      textStart = 0;
      textEnd = length;
    }
  }

  /** Moves to the closing quote; returns by how much escapes are longer than what they mean. */
  private int skipSpecialText() {
    int excess = 0;
    while (position < limit) {
      byte b = bytes[position];
      if (b == '"') {
        return excess;
      }
      if (b == '\\') {
        excess += skipEscape();
      } else if (b < 0) {
        skipUtf8();
      } else {
        throw failure("control character in a string");
      }
      position = PlainText.end(bytes, position, limit);
    }
    throw failure("string without end");
  }

  private int skipEscape() {
    int codePoint = JsonEscape.codePoint(bytes, position, limit);
    if (codePoint < 0) {
      throw failure("malformed escape sequence");
    }
    loneSurrogate |= Utf8.isSurrogate(codePoint);
    int length = JsonEscape.length(bytes, position, codePoint);
    position += length;
    return length - Utf8.length(codePoint);
  }

  private void skipUtf8() {
    while (position < limit && bytes[position] < 0) {
      int next = Utf8.sequenceEnd(bytes, position, limit);
      if (next < 0) {
        throw failure("invalid UTF-8");
      }
      position = next;
    }
  }

  /** Consumes {@code true} or {@code false}. */
  boolean bool() {
    if (peek() == 't') {
      literal("true");
      return true;
    }
    literal("false");
    return false;
  }

  /** Consumes this literal. */
  void literal(String name) {
    peek();
    for (int i = 0; i < name.length(); i++) {
      if (position + i >= limit || bytes[position + i] != name.charAt(i)) {
        throw failure("expected " + name);
      }
    }
    position += name.length();
  }

  /** Consumes a number; its text is as written. */
  void number() {
    peek();
    loneSurrogate = false;
    int from = position;
    if (bytes[position] == '-') {
      position++;
    }
    if (position < limit && bytes[position] == '0') {
      position++;
    } else {
      digits();
    }
    if (position < limit && bytes[position] == '.') {
      position++;
      digits();
    }
    if (position < limit && (bytes[position] | 0x20) == 'e') {
      position++;
      if (position < limit && (bytes[position] == '+' || bytes[position] == '-')) {
        position++;
      }
      digits();
    }
    textBytes = bytes;
    textStart = from;
    textEnd = position;
  }

  private void digits() {
    int from = position;
    while (position < limit && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    if (position == from) {
      throw failure("expected a digit");
    }
  }

  /** Consumes any value. */
  void skipValue() {
    skipValue(0);
  }

  private void skipValue(int depth) {
    switch (peek()) {
      case '{' -> skipObject(deeper(depth));
      case '[' -> skipArray(deeper(depth));
      case '"' -> skipString();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private int deeper(int depth) {
    if (depth == MAX_DEPTH) {
      throw failure("nested deeper than " + MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  private void skipObject(int depth) {
    expect('{');
    if (accept('}')) {
      return;
    }
    do {
      skipString();
      expect(':');
      skipValue(depth);
    } while (hasMore('}'));
  }

  private void skipArray(int depth) {
    expect('[');
    if (accept(']')) {
      return;
    }
    do {
      skipValue(depth);
    } while (hasMore(']'));
  }

  /** The last string (decoded by {@link #string()} only) or number, between start and end. */
  byte[] textBytes() {
    return textBytes;
  }

  int textStart() {
    return textStart;
  }

  int textEnd() {
    return textEnd;
  }

  /**
   * The last string or number as an object. Half of a surrogate pair is an error here and not
   * earlier: JSON may have it and some servers store it, so that bytes with it can be copied, but
   * text cannot be made of it.
   */
  String text() {
    if (loneSurrogate) {
      throw failure("text is not Unicode: lone surrogate");
    }
    return new String(textBytes, textStart, textEnd - textStart, StandardCharsets.UTF_8);
  }

  /** Whether the last string or number is this ASCII text. */
  boolean textIs(String ascii) {
    if (textEnd - textStart != ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (textBytes[textStart + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of these bytes are decimal digits. */
  boolean isDigits(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The value of at most 18 decimal digits. */
  long digits(int from, int length) {
    long value = 0;
    for (int i = from; i < from + length; i++) {
      value = 10 * value + bytes[i] - '0';
    }
    return value;
  }

  /** The last string or number as a whole number of 1 to 18 digits; -1 if it is another text. */
  long textNumber() {
    if (textEnd == textStart || textEnd - textStart > 18) {
      return -1;
    }
    long number = 0;
    for (int i = textStart; i < textEnd; i++) {
      int digit = textBytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** An error at the current position. */
  FormatException failure(String reason) {
    return new FormatException("malformed JSON at byte " + (position - start) + ": " + reason);
  }

  private static boolean isWhitespace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
