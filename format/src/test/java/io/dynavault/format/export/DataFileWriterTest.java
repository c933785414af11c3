// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileWriterTest {
  private static final byte[] ITEM = "{\"pk\":{\"S\":\"a\"}}".getBytes(UTF_8);

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

  @Test
  void writesTheHeaderOfAwsFiles() throws Exception {
    write(Compression.GZIP, ITEM);

    assertThat(Arrays.copyOf(sink.toByteArray(), 10))
        .isEqualTo(HexFormat.of().parseHex("1f8b08000000000000ff"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 9})
  void writesTheSameHeaderAtEveryLevel(int level) throws Exception {
    try (DataFileWriter writer = DataFileWriter.open(sink, Codec.of(Compression.GZIP, level))) {
      writer.writeItem(ITEM, 0, ITEM.length);
      writer.finish();
    }

    assertThat(Arrays.copyOf(sink.toByteArray(), 10))
        .isEqualTo(HexFormat.of().parseHex("1f8b08000000000000ff"));
    assertThat(gunzip()).isEqualTo("{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n");
  }

  @Test
  void writesAnEmptyFileOfTheSameBytesAsAws() throws Exception {
    DataFileSummary summary = write(Compression.GZIP);

    assertThat(summary.storedBytes()).isEqualTo(20);
    assertThat(summary.md5Checksum()).isEqualTo("FjvgqIxwymKf1RbbqtrZag==");
    assertThat(summary.itemCount()).isZero();
  }

  @Test
  void writesItemsThatGunzipReads() throws Exception {
    byte[] other = "{\"pk\":{\"S\":\"ü😀\"},\"b\":{\"B\":\"AAE=\"}}".getBytes(UTF_8);

    DataFileSummary summary = write(Compression.GZIP, ITEM, other);

    String expected =
        """
        {"Item":{"pk":{"S":"a"}}}
        {"Item":{"pk":{"S":"ü😀"},"b":{"B":"AAE="}}}
        """;
    assertThat(gunzip()).isEqualTo(expected);
    assertThat(summary.itemCount()).isEqualTo(2);
    assertThat(summary.rawBytes()).isEqualTo(expected.getBytes(UTF_8).length);
  }

  @ParameterizedTest
  @EnumSource
  void digestsTheBytesAsStored(Compression compression) throws Exception {
    DataFileSummary summary = write(compression, ITEM, ITEM, ITEM);

    byte[] stored = sink.toByteArray();
    byte[] md5 = MessageDigest.getInstance("MD5").digest(stored);
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(stored);
    assertThat(summary.storedBytes()).isEqualTo(stored.length);
    assertThat(summary.md5Checksum()).isEqualTo(Base64.getEncoder().encodeToString(md5));
    assertThat(summary.sha256()).isEqualTo(HexFormat.of().formatHex(sha256));
    byte[] md5OfMd5 = MessageDigest.getInstance("MD5").digest(md5);
    assertThat(summary.etag()).isEqualTo(HexFormat.of().formatHex(md5OfMd5) + "-1");
  }

  @Test
  void makesTheEtagOfARealFile() {
    // md5Checksum and etag of one data file that AWS wrote.
    byte[] md5 = Base64.getDecoder().decode("y+zg5fVeudb3R3DOQ+RKgA==");

    assertThat(StoredDigest.etag(md5)).isEqualTo("b5443265c5e545b6c8d8275e0b6f8c15-1");
  }

  @Test
  void storesPlainLinesWithoutCompression() throws Exception {
    write(Compression.NONE, ITEM);

    assertThat(sink.toString(UTF_8)).isEqualTo("{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n");
  }

  @Test
  void writesOnlyTheSliceItIsGiven() throws Exception {
    byte[] page = ("[" + new String(ITEM, UTF_8) + ",").getBytes(UTF_8);
    try (DataFileWriter writer = DataFileWriter.open(sink, Compression.NONE)) {
      writer.writeItem(page, 1, ITEM.length);
      writer.finish();
    }

    assertThat(sink.toString(UTF_8)).isEqualTo("{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n");
  }

  @Test
  void keepsAnItemOnOneLineThoughTheServerBrokeIt() throws Exception {
    write(Compression.NONE, "{\n \"pk\": {\"S\": \"a\\n\"}\r\n}".getBytes(UTF_8));

    assertThat(sink.toString(UTF_8)).isEqualTo("{\"Item\":{  \"pk\": {\"S\": \"a\\n\"}\r }}\n");
  }

  @Test
  void refusesWhatIsNotAnObject() throws Exception {
    try (DataFileWriter writer = DataFileWriter.open(sink, Compression.NONE)) {
      byte[] list = "[1]".getBytes(UTF_8);
      assertThatIllegalArgumentException().isThrownBy(() -> writer.writeItem(list, 0, 3));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.writeItem(ITEM, 0, 0));
    }
  }

  @Test
  void refusesALineThatIsTwo() throws Exception {
    try (DataFileWriter writer = DataFileWriter.open(sink, Compression.NONE)) {
      byte[] lines = "a\nb".getBytes(UTF_8);
      assertThatIllegalArgumentException().isThrownBy(() -> writer.writeLine(lines, 0, 3));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.writeLine(lines, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesItemsLargerThanItsBuffer(Compression compression) throws Exception {
    byte[] large = ("{\"pk\":{\"S\":\"" + "x".repeat(400_000) + "\"}}").getBytes(UTF_8);

    DataFileSummary summary = write(compression, ITEM, large, ITEM);

    try (DataFileReader reader = read(compression)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.next()).isTrue();
      assertThat(reader.itemLength()).isEqualTo(large.length);
      assertThat(reader.next()).isTrue();
      assertThat(reader.next()).isFalse();
      assertThat(reader.summary()).isEqualTo(summary);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoWholeFileWhenItIsClosedUnfinished(Compression compression) throws Exception {
    try (DataFileWriter writer = DataFileWriter.open(sink, compression)) {
      writer.writeItem(ITEM, 0, ITEM.length);
    }

    assertThat(sink.size()).isZero();
  }

  @Test
  void refusesToFinishTwice() throws Exception {
    try (DataFileWriter writer = DataFileWriter.open(sink, Compression.GZIP)) {
      writer.finish();
      assertThatIllegalStateException().isThrownBy(writer::finish);
    }
  }

  @Test
  void refusesToFinishAfterTheSinkFailed() throws Exception {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    try (DataFileWriter writer = DataFileWriter.open(full, Compression.NONE)) {
      byte[] large = ("{\"pk\":{\"S\":\"" + "x".repeat(300_000) + "\"}}").getBytes(UTF_8);
      assertThatThrownBy(() -> writer.writeItem(large, 0, large.length))
          .isInstanceOf(IOException.class)
          .hasMessage("no space left");
      assertThatIllegalStateException().isThrownBy(writer::finish);
    }
  }

  private DataFileSummary write(Compression compression, byte[]... items) throws IOException {
    try (DataFileWriter writer = DataFileWriter.open(sink, compression)) {
      for (byte[] item : items) {
        writer.writeItem(item, 0, item.length);
      }
      assertThat(writer.itemCount()).isEqualTo(items.length);
      return writer.finish();
    }
  }

  private DataFileReader read(Compression compression) throws IOException {
    return DataFileReader.open(
        new ByteArrayInputStream(sink.toByteArray()),
        "test",
        OutputFormat.DYNAMODB_JSON,
        compression);
  }

  private String gunzip() throws IOException {
    ByteArrayInputStream stored = new ByteArrayInputStream(sink.toByteArray());
    try (GZIPInputStream lines = new GZIPInputStream(stored)) {
      return new String(lines.readAllBytes(), UTF_8);
    }
  }
}
