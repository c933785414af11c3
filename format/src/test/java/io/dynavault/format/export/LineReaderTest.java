// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of any length, in pieces of any size. */
class LineReaderTest {
  private static final int MAX_LINE = 700_000;

  /** Most are short; some are as long as buffers are, or longer. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void cutsWhereLinesEnd(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int length =
          switch (random.nextInt(8)) {
            case 0 -> 8 * 1024 - 2 + random.nextInt(4);
            case 1 -> 256 * 1024 - 2 + random.nextInt(4);
            case 2 -> random.nextInt(MAX_LINE);
            default -> random.nextInt(3000);
          };
      lines.add(((char) ('a' + i % 26) + "-").repeat(length).substring(0, length));
    }
    assertThat(read(String.join("\n", lines) + "\n", random, MAX_LINE))
        .as("seed %d", seed)
        .isEqualTo(lines);
  }

  @Test
  void aLineMayBeAsLongAsTheBound() throws IOException {
    for (int bound : new int[] {10, 8 * 1024 - 1, 8 * 1024, 256 * 1024, MAX_LINE}) {
      String line = "x".repeat(bound);

      assertThat(read(line + "\n" + line, new Random(bound), bound)).containsExactly(line, line);
      assertThatThrownBy(() -> read("\n" + line + "x", new Random(bound), bound))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("line 2 is longer than " + bound);
    }
  }

  private static List<String> read(String text, Random random, int maxLine) throws IOException {
    LineReader reader = new LineReader(new Pieces(text.getBytes(US_ASCII), random), maxLine);
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(
          new String(reader.array(), reader.start(), reader.end() - reader.start(), US_ASCII));
    }
    assertThat(reader.rawBytes()).isEqualTo(text.length());
    return lines;
  }

  /** Gives whole buffers, or a part of what it is asked for. */
  private static final class Pieces implements Decoder {
    private final byte[] bytes;
    private final Random random;
    private int position;

    Pieces(byte[] bytes, Random random) {
      this.bytes = bytes;
      this.random = random;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == bytes.length) {
        return -1;
      }
      int wanted = random.nextBoolean() ? length : 1 + random.nextInt(length);
      int count = Math.min(wanted, bytes.length - position);
      System.arraycopy(bytes, position, target, offset, count);
      position += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
