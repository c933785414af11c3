// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dynavault.format.FormatException;

/**
 * Reads the text of a DynamoDB number: sign, significant digits and magnitude, in one pass and
 * without building a number. Reusable, for one thread.
 *
 * <p>Range and precision are those of the DynamoDB Developer Guide, "Supported data types": up to
 * 38 digits, magnitudes from 1E-130 to 9.99…E+125, and zero.
 */
final class DecimalScanner {
  static final int MAX_DIGITS = 38;
  static final int MAX_MAGNITUDE = 125;
  static final int MIN_MAGNITUDE = -130;

  /** Beyond any exponent that means something, small enough never to overflow. */
  private static final int EXPONENT_CAP = 1_000_000_000;

  private boolean negative;
  private int significantDigits;
  private int firstDigit;
  private long magnitude;

  /** Whether the text is a number; the other methods then describe it. */
  boolean scan(byte[] text, int start, int end) {
    int p = start;
    negative = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      negative = text[p++] == '-';
    }
    p = mantissa(text, p, end);
    if (p == end) {
      return true;
    }
    return p > 0 && (text[p] | 0x20) == 'e' && exponent(text, p + 1, end);
  }

  /** Reads digits with at most one point; returns the index after them, or -1 without a digit. */
  private int mantissa(byte[] text, int from, int end) {
    int digits = 0;
    int lastNonZero = -1;
    int integerDigits = -1;
    firstDigit = -1;
    int firstIndex = 0;
    int p = from;
    for (; p < end; p++) {
      int digit = text[p] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digit != 0) {
          if (firstDigit < 0) {
            firstDigit = p;
            firstIndex = digits;
          }
          lastNonZero = digits;
        }
        digits++;
      } else if (text[p] == '.' && integerDigits < 0) {
        integerDigits = digits;
      } else {
        break;
      }
    }
    if (integerDigits < 0) {
      integerDigits = digits;
    }
    significantDigits = firstDigit < 0 ? 0 : lastNonZero - firstIndex + 1;
    magnitude = significantDigits == 0 ? 0 : integerDigits - firstIndex - 1;
    return digits == 0 ? -1 : p;
  }

  private boolean exponent(byte[] text, int from, int end) {
    int p = from;
    boolean minus = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      minus = text[p++] == '-';
    }
    if (p == end) {
      return false;
    }
    int exponent = 0;
    for (; p < end; p++) {
      int digit = text[p] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      exponent = exponent >= EXPONENT_CAP / 10 ? EXPONENT_CAP : exponent * 10 + digit;
    }
    if (significantDigits > 0) {
      magnitude += minus ? -exponent : exponent;
    }
    return true;
  }

  boolean negative() {
    return negative && significantDigits > 0;
  }

  /** Digits without leading and trailing zeros; none for zero. */
  int significantDigits() {
    return significantDigits;
  }

  /** Whether DynamoDB can hold the number. */
  boolean inRange() {
    return significantDigits <= MAX_DIGITS
        && magnitude <= MAX_MAGNITUDE
        && magnitude >= MIN_MAGNITUDE;
  }

  /**
   * The one text of the scanned number's value: plain notation without an exponent, without
   * superfluous zeros, plus or point. The number must be {@linkplain #inRange() in range}.
   */
  String canonical(byte[] text) {
    if (significantDigits == 0) {
      return "0";
    }
    StringBuilder plain = new StringBuilder(significantDigits + 4);
    if (negative) {
      plain.append('-');
    }
    if (magnitude < 0) {
      plain.append("0.").append("0".repeat((int) (-magnitude - 1)));
    }
    int place = (int) magnitude;
    for (int p = firstDigit, left = significantDigits; left > 0; p++) {
      if (text[p] != '.') {
        if (place == -1 && magnitude >= 0) {
          plain.append('.');
        }
        plain.append((char) text[p]);
        place--;
        left--;
      }
    }
    return plain.append("0".repeat(Math.max(0, place + 1))).toString();
  }

  /** The canonical text of a number, see {@link #canonical(byte[])}. */
  static String canonical(String number) {
    byte[] text = number.getBytes(ISO_8859_1);
    DecimalScanner scanner = new DecimalScanner();
    if (!scanner.scan(text, 0, text.length)) {
      throw new FormatException("not a number in DynamoDB's notation");
    }
    scanner.requireRange();
    return scanner.canonical(text);
  }

  /** Fails unless DynamoDB can hold the scanned number. */
  void requireRange() {
    if (!inRange()) {
      throw new FormatException(
          "number outside of DynamoDB's range: more than 38 significant digits, or a magnitude"
              + " outside of 1E-130 to 9.99E+125");
    }
  }
}
