// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final byte[] BORDERS = {0x7F, (byte) 0x80, (byte) 0xBF, (byte) 0xC0};

  @Test
  void takesTheSequencesThatTheJdkTakes() {
    for (int lead = 0x80; lead <= 0xFF; lead++) {
      for (int second = 0; second <= 0xFF; second++) {
        for (byte third : BORDERS) {
          for (byte fourth : BORDERS) {
            check(new byte[] {(byte) lead, (byte) second, third, fourth});
          }
        }
      }
    }
  }

  private static void check(byte[] bytes) {
    int expected = -1;
    for (int length = 2; length <= 4 && expected < 0; length++) {
      expected = isOneCharacter(bytes, length) ? length : -1;
    }
    int end = Utf8.sequenceEnd(bytes, 0, 4);
    int cut = end > 0 ? Utf8.sequenceEnd(bytes, 0, end - 1) : -1;
    if (end != expected || cut != -1) {
      fail(Arrays.toString(bytes) + ": " + end + " instead of " + expected + ", cut: " + cut);
    }
  }

  private static boolean isOneCharacter(byte[] bytes, int length) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      return text.codePointCount(0, text.length()) == 1;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void putsEveryCodePointAsTheJdkDoes() {
    byte[] target = new byte[4];
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (Utf8.isSurrogate(codePoint)) {
        continue;
      }
      byte[] expected = Character.toString(codePoint).getBytes(UTF_8);
      int length = Utf8.put(codePoint, target, 0);
      boolean same =
          length == Utf8.length(codePoint)
              && Arrays.equals(target, 0, length, expected, 0, expected.length);
      if (!same) {
        fail("U+" + Integer.toHexString(codePoint));
      }
    }
  }
}
