// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Texts of every shape, written in pieces of every size, read back by the JDK. More of them: {@code
 * -Dfuzz.tries=100000}, the same again: {@code -Dfuzz.seed=…}.
 */
class FastGzipFuzz {
  private static final int TRIES = Integer.getInteger("fuzz.tries", 500);

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

  @Test
  void whatIsWrittenIsReadByTheJdk() {
    Random random = new Random(seed);
    RandomTexts texts = new RandomTexts(random);
    long bytes = 0;
    for (int round = 0; round < TRIES; round++) {
      byte[] text = texts.next();
      bytes += text.length;
      try {
        byte[] compressed = compressInPieces(text, random);
        Gunzip.assertIsGzipOf(text, compressed);
        if (!Arrays.equals(compressed, Gunzip.compress(text))) {
          throw new AssertionError("the output depends on the sizes of writes");
        }
      } catch (AssertionError | RuntimeException | IOException e) {
        throw new AssertionError(
            "seed %d, round %d, %d bytes".formatted(seed, round, text.length), e);
      }
    }
    assertThat(bytes).as("seed %d", seed).isPositive();
    System.out.printf("%d texts of %d bytes with -Dfuzz.seed=%d%n", TRIES, bytes, seed);
  }

  private static byte[] compressInPieces(byte[] text, Random random) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    int longest = 1 << random.nextInt(19);
    for (int offset = 0; offset < text.length; ) {
      int length = Math.min(random.nextInt(longest + 1), text.length - offset);
      if (length == 1) {
        gzip.write(text[offset]);
      } else {
        gzip.write(text, offset, length);
      }
      offset += length;
      if (random.nextInt(8) == 0) {
        gzip.flush();
      }
    }
    gzip.finish();
    return sink.toByteArray();
  }
}
