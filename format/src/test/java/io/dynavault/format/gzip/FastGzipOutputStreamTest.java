// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastGzipOutputStreamTest {
  private static final int BLOCK = FastGzipOutputStream.BLOCK;

  private final TestingSink sink = new TestingSink();

  @Test
  void nothingBecomesTheMemberThatAwsWrites() {
    assertThat(HexFormat.of().formatHex(Gunzip.compress(new byte[0])))
        .isEqualTo("1f8b08000000000000ff03000000000000000000");
  }

  @Test
  void allSmallLengthsOfAllShapes() {
    Random random = new Random(1);
    byte[] noise = new byte[1000];
    random.nextBytes(noise);
    byte[] line = "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n".repeat(40).getBytes(US_ASCII);
    for (byte[] text : new byte[][] {noise, line, new byte[1000]}) {
      for (int length = 0; length <= 1000; length++) {
        assertRoundTrip(Arrays.copyOf(text, length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        65_534,
        65_535,
        65_536,
        65_537,
        BLOCK - 33,
        BLOCK - 17,
        BLOCK - 16,
        BLOCK - 1,
        BLOCK,
        BLOCK + 1,
        BLOCK + 4,
        2 * BLOCK - 1,
        2 * BLOCK,
        2 * BLOCK + 1,
        196_608,
        1_000_000
      })
  void blockBordersOfAllShapes(int length) {
    byte[] noise = noise(length, 2);
    assertRoundTrip(noise);
    assertRoundTrip(new byte[length]);
    byte[] halves = new byte[length];
    System.arraycopy(noise, 0, halves, length / 2, length - length / 2);
    assertRoundTrip(halves);
    byte[] stripes = noise.clone();
    for (int i = 0; i + 2_000 < length; i += 4_000) {
      Arrays.fill(stripes, i, i + 2_000, (byte) 'x');
    }
    assertRoundTrip(stripes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 32_766, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537})
  void repeatsAtEachDistance(int distance) {
    byte[] text = noise(300_000, distance);
    for (int i = distance; i < text.length; i++) {
      text[i] = text[i - distance];
    }
    byte[] compressed = assertRoundTrip(text);

    if (distance <= 32_768) {
      // Each of the three blocks may take one period to see the repeat.
      assertThat(compressed.length).isLessThan(3 * distance + 5_000);
    } else {
      assertThat(compressed.length).isGreaterThan(text.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8, 23, 24, 25, 32, 257, 258, 259, 260, 261, 262, 516, 517, 70_000})
  void copiesOfEachLength(int length) {
    byte[] copied = noise(length, length);
    byte[] between = noise(500, 3);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      text.writeBytes(copied);
      text.writeBytes(Arrays.copyOf(between, 100 + i));
    }
    assertRoundTrip(text.toByteArray());
  }

  @Test
  void noiseGrowsByFiveBytesInEachStoredBlock() {
    int length = 10 * 65_535;
    assertThat(assertRoundTrip(noise(length, 4))).hasSize(length + 18 + 10 * 5);
  }

  @Test
  void fixedCodesWhereTheyAreShorter() {
    // 10 + 8 bytes of frame; 3 bits, five literals of 8 bits and the end of 7 bits make 7 bytes.
    assertThat(assertRoundTrip("hello".getBytes(US_ASCII))).hasSize(25);
  }

  @Test
  void itemsBecomeSmallerThanByTheFastestOfZlib() {
    StringBuilder lines = new StringBuilder();
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      lines.append(
          "{\"Item\":{\"pk\":{\"S\":\"customer#%06d\"},\"at\":{\"S\":\"2026-11-%02dT10:%02d:00Z\"},\"price\":{\"N\":\"%d.99\"},\"state\":{\"S\":\"%s\"}}}\n"
              .formatted(
                  random.nextInt(1_000_000),
                  1 + random.nextInt(30),
                  random.nextInt(60),
                  random.nextInt(1_000),
                  random.nextBoolean() ? "open" : "paid"));
    }
    byte[] text = lines.toString().getBytes(UTF_8);
    Deflater zlib = new Deflater(Deflater.BEST_SPEED, true);
    zlib.setInput(text);
    zlib.finish();
    int byZlib = zlib.deflate(new byte[text.length]) + 18;
    zlib.end();

    assertThat(assertRoundTrip(text).length).isLessThan(byZlib);
  }

  @Test
  void gzipItselfReadsIt(@TempDir Path folder) throws Exception {
    Path program =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
            .map(entry -> Path.of(entry, "gzip"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, "there is no gzip on the PATH");
    Path file = folder.resolve("test.gz");
    RandomTexts texts = new RandomTexts(new Random(6));
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 100; i++) {
        out.write(Gunzip.compress(texts.next()));
      }
    }
    Process gzip =
        new ProcessBuilder(program.toString(), "-t", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(gzip.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(gzip.waitFor()).isZero();
  }

  @Test
  void allocatesNothingPerBlock() throws Exception {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this Java does not count");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] text = new RandomTexts(new Random(7)).next();
    FastGzipOutputStream gzip = new FastGzipOutputStream(OutputStream.nullOutputStream());
    writeBlocks(gzip, text, 20);

    long before = threads.getCurrentThreadAllocatedBytes();
    writeBlocks(gzip, text, 200);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).as("bytes for 200 blocks").isLessThan(200 * 100);
  }

  private static void writeBlocks(FastGzipOutputStream gzip, byte[] text, int blocks)
      throws IOException {
    for (long left = (long) blocks * BLOCK; left > 0; left -= text.length) {
      gzip.write(text, 0, text.length);
    }
  }

  @Test
  void finishCompletesTheMemberAndLeavesTheSinkOpen() throws Exception {
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    gzip.write("abc".getBytes(US_ASCII));
    gzip.finish();
    gzip.finish();

    Gunzip.assertIsGzipOf("abc".getBytes(US_ASCII), sink.toByteArray());
    assertThat(sink.closed).isZero();
    assertThatIOException()
        .isThrownBy(() -> gzip.write('d'))
        .withMessage("the gzip stream is finished");
    gzip.close();
    Gunzip.assertIsGzipOf("abc".getBytes(US_ASCII), sink.toByteArray());
    assertThat(sink.closed).isOne();
  }

  @Test
  void closeCompletesTheMemberAndClosesTheSinkOnce() throws Exception {
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    gzip.write('a');
    gzip.close();
    gzip.close();

    Gunzip.assertIsGzipOf(new byte[] {'a'}, sink.toByteArray());
    assertThat(sink.closed).isOne();
    assertThatIOException()
        .isThrownBy(() -> gzip.write(new byte[1]))
        .withMessage("the gzip stream is closed");
    assertThatIOException().isThrownBy(gzip::finish).withMessage("the gzip stream is closed");
  }

  @Test
  void flushReachesTheSinkAndWritesNoHalfBlock() throws Exception {
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    gzip.write('a');
    gzip.flush();

    assertThat(sink.flushed).isOne();
    assertThat(sink.size()).isZero();
  }

  @Test
  void aFailedSinkLeavesABrokenStreamThatNeverLooksWhole() throws Exception {
    byte[] text = noise(3 * BLOCK, 8);
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    sink.failing = true;
    assertThatIOException().isThrownBy(() -> gzip.write(text)).withMessage("no space left");
    sink.failing = false;

    assertThatIOException()
        .isThrownBy(() -> gzip.write('a'))
        .withMessage("the gzip stream is broken: its sink has failed");
    assertThatIOException().isThrownBy(gzip::finish);
    gzip.close();
    assertThat(sink.closed).isOne();
    assertThat(sink.size()).isZero();
  }

  @Test
  void theSinkIsClosedEvenIfTheEndCannotBeWritten() throws Exception {
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    gzip.write('a');
    sink.failing = true;

    assertThatIOException().isThrownBy(gzip::close).withMessage("no space left");
    assertThat(sink.closed).isOne();
    gzip.close();
    assertThat(sink.closed).isOne();
  }

  @Test
  void refusesASliceOutsideOfItsArray() {
    FastGzipOutputStream gzip = new FastGzipOutputStream(sink);
    assertThatThrownBy(() -> gzip.write(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static byte[] assertRoundTrip(byte[] text) {
    byte[] compressed = Gunzip.compress(text);
    Gunzip.assertIsGzipOf(text, compressed);
    return compressed;
  }

  private static byte[] noise(int length, long seed) {
    byte[] noise = new byte[length];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  private static final class TestingSink extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int closed;
    private int flushed;
    private boolean failing;

    int size() {
      return bytes.size();
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (failing) {
        throw new IOException("no space left");
      }
      bytes.write(source, offset, length);
    }

    @Override
    public void flush() {
      flushed++;
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
