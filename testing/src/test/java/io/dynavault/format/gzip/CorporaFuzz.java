// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.poison.LegalItems;
import io.dynavault.testing.table.AirportsTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Lines of real and of poisonous items, as they are in data files, in any order, number and cut,
 * compressed by us and read by the JDK. More of them: {@code -Dfuzz.tries=10000}, the same again:
 * {@code -Dfuzz.seed=…}.
 */
class CorporaFuzz {
  private static final int TRIES = Integer.getInteger("fuzz.tries", 40);

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

  @Test
  void everyItemComesBackByteForByte() throws IOException {
    List<byte[]> lines = lines();
    requireRoundTrip(join(lines), new Random(seed));
    for (byte[] line : lines) {
      requireRoundTrip(line, new Random(seed));
    }
  }

  @Test
  void mixturesOfItemsComeBackByteForByte() throws IOException {
    Random random = new Random(seed);
    List<byte[]> lines = lines();
    long bytes = 0;
    for (int round = 0; round < TRIES; round++) {
      Collections.shuffle(lines, random);
      byte[] all = join(lines.subList(0, 1 + random.nextInt(lines.size())));
      byte[] text = Arrays.copyOfRange(all, random.nextInt(all.length), all.length);
      bytes += text.length;
      requireRoundTrip(text, random);
    }
    System.out.printf("%d mixtures of %d bytes with -Dfuzz.seed=%d%n", TRIES, bytes, seed);
  }

  private void requireRoundTrip(byte[] text, Random random) throws IOException {
    byte[] compressed = compress(text, random);
    try (GZIPInputStream gunzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      assertThat(Arrays.mismatch(gunzip.readAllBytes(), text)).as("seed %d", seed).isEqualTo(-1);
    }
  }

  private static byte[] compress(byte[] text, Random random) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (FastGzipOutputStream gzip = new FastGzipOutputStream(sink)) {
      int longest = 1 << random.nextInt(18);
      for (int offset = 0; offset < text.length; ) {
        int length = Math.min(1 + random.nextInt(longest), text.length - offset);
        gzip.write(text, offset, length);
        offset += length;
      }
    }
    return sink.toByteArray();
  }

  private static List<byte[]> lines() {
    List<DemoTable> tables = new ArrayList<>(LegalItems.tables("poison-"));
    tables.add(new AirportsTable("airports"));
    List<byte[]> lines = new ArrayList<>();
    for (DemoTable table : tables) {
      table.items().map(item -> ("{\"Item\":" + item + "}\n").getBytes(UTF_8)).forEach(lines::add);
    }
    assertThat(lines).hasSizeGreaterThan(7_184);
    return lines;
  }

  private static byte[] join(List<byte[]> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    lines.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
