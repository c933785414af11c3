// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Texts of many shapes, in pieces one after the other, from a seed. */
final class RandomTexts {
  private static final int BLOCK = FastGzipOutputStream.BLOCK;
  private static final int[] BORDERS = {
    0,
    1,
    4,
    8,
    16,
    24,
    32,
    256,
    257,
    258,
    259,
    260,
    261,
    516,
    32_767,
    32_768,
    32_769,
    65_535,
    65_536,
    65_537,
    BLOCK - 16,
    BLOCK,
    2 * BLOCK,
    3 * BLOCK
  };

  private final Random random;
  private byte[] text = {};

  RandomTexts(Random random) {
    this.random = random;
  }

  byte[] next() {
    text = new byte[0];
    int length = random.nextInt(4) == 0 ? nearBorder() : random.nextInt(1 << random.nextInt(19));
    int pieces = 1 + random.nextInt(6);
    while (text.length < length) {
      append(piece(Math.max(1, length / pieces + random.nextInt(3) - 1)));
    }
    return Arrays.copyOf(text, length);
  }

  private int nearBorder() {
    return Math.max(0, BORDERS[random.nextInt(BORDERS.length)] + random.nextInt(5) - 2);
  }

  private byte[] piece(int length) {
    return switch (random.nextInt(9)) {
      case 0 -> noise(length, 256);
      case 1 -> noise(length, 1 + random.nextInt(8));
      case 2 -> new byte[length];
      case 3 -> skewed(length);
      case 4 -> repeated(length);
      case 5 -> copyFromBefore(length);
      case 6 -> lines(length, this::item);
      case 7 -> lines(length, this::wideItem);
      default ->
          lines(length, () -> "{\"Item\":{\"id\":{\"N\":\"" + random.nextInt(99) + "\"}}}\n");
    };
  }

  private byte[] noise(int length, int letters) {
    byte[] noise = new byte[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (byte) random.nextInt(letters);
    }
    return noise;
  }

  /** Counts that grow so steeply that codes must be cut to their longest. */
  private byte[] skewed(int length) {
    byte[] skewed = new byte[length];
    for (int i = 0; i < length; i++) {
      int letter = 0;
      while (letter < 40 && random.nextInt(5) < 3) {
        letter++;
      }
      skewed[i] = (byte) (letter * 37);
    }
    return skewed;
  }

  private byte[] repeated(int length) {
    byte[] period = noise(1 + random.nextInt(1 << random.nextInt(17)), 256);
    byte[] repeated = new byte[length];
    for (int i = 0; i < length; i++) {
      repeated[i] = period[i % period.length];
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      repeated[random.nextInt(length)]++;
    }
    return repeated;
  }

  /** At the distances that are just allowed, or just not. */
  private byte[] copyFromBefore(int length) {
    int distance = 32_766 + random.nextInt(4);
    byte[] copy = noise(length, 256);
    int from = text.length - distance;
    if (from >= 0) {
      System.arraycopy(text, from, copy, 0, Math.min(Math.min(length, distance), 3 + nearBorder()));
    }
    return copy;
  }

  private byte[] lines(int length, java.util.function.Supplier<String> line) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (lines.size() < length) {
      lines.writeBytes(line.get().getBytes(UTF_8));
    }
    return Arrays.copyOf(lines.toByteArray(), length);
  }

  private String item() {
    String blob = Base64.getEncoder().encodeToString(noise(random.nextInt(300), 256));
    return "{\"Item\":{\"pk\":{\"S\":\"order#%d\"},\"name\":{\"S\":\"Zoë \\\"%d\\\" 😀\\u0000\"},\"b\":{\"B\":\"%s\"}}}\n"
        .formatted(random.nextInt(), random.nextInt(50), blob);
  }

  private String wideItem() {
    StringBuilder line = new StringBuilder("{\"Item\":{\"pk\":{\"S\":\"w\"}");
    for (int i = random.nextInt(300); i >= 0; i--) {
      line.append(",\"attribute_%d\":{\"N\":\"%d\"}".formatted(i, random.nextInt(100_000)));
    }
    return line.append("}}\n").toString();
  }

  private void append(byte[] piece) {
    int length = text.length;
    text = Arrays.copyOf(text, length + piece.length);
    System.arraycopy(piece, 0, text, length, piece.length);
  }
}
