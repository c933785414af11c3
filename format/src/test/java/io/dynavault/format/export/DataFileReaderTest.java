// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataFileReaderTest {
  private static final byte[] ITEM = "{\"pk\":{\"S\":\"a\"}}".getBytes(UTF_8);

  @ParameterizedTest
  @EnumSource
  void takesAFailingSourceNotForADamagedFile(Compression compression) throws Exception {
    byte[] stored = stored(compression, 1000);
    for (int cut : new int[] {0, 1, 5, stored.length / 2, stored.length - 1}) {
      InputStream broken =
          new SequenceInputStream(new ByteArrayInputStream(stored, 0, cut), new BrokenConnection());
      assertThatThrownBy(() -> readAll(broken, compression))
          .as("after %d bytes", cut)
          .isInstanceOf(IOException.class)
          .hasMessage("connection reset");
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFromASourceThatGivesOneByteAtATime(Compression compression) throws Exception {
    byte[] stored = stored(compression, 100);
    InputStream slow =
        new ByteArrayInputStream(stored) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
          }
        };

    assertThat(readAll(slow, compression).itemCount()).isEqualTo(100);
  }

  @Test
  void itemsThatAreNotWantedAreNotChecked() throws Exception {
    String lines =
        """
        {"Item":{"pk":{"S":"no"},"a":{"oops}}
        {"Item":{"pk":{"S":"yes"},"a":{"N":"1"}}}
        { "Item" : {"pk":{"S":"no"}} }
         {"Item": {"pk":{"S":"yes"}} }\t
        {"Item":{"pk":{"S":"no"}}}
        """;
    StringBuilder found = new StringBuilder();
    try (DataFileReader reader = onlyYes(lines)) {
      while (reader.next()) {
        String item = new String(reader.array(), reader.itemOffset(), reader.itemLength(), UTF_8);
        found.append(reader.lineNumber()).append(item).append(reader.itemSize()).append(' ');
      }
      assertThat(reader.summary().itemCount()).as("lines").isEqualTo(5);
    }
    assertThat(found)
        .hasToString("2{\"pk\":{\"S\":\"yes\"},\"a\":{\"N\":\"1\"}}8 4{\"pk\":{\"S\":\"yes\"}}5 ");
  }

  @Test
  void itemsThatAreWantedAreChecked() throws Exception {
    for (String line :
        List.of("{\"Item\":{\"yes\":{oops}}", "{\"Item\":{\"yes\":{}}", "{\"yes\":{}}")) {
      try (DataFileReader reader = onlyYes("{\"Item\":{\"no\":1}}\n" + line)) {
        assertThatThrownBy(reader::next)
            .isInstanceOf(FormatException.class)
            .hasMessageContaining("line 2: ");
      }
    }
  }

  private static DataFileReader onlyYes(String lines) throws IOException {
    DataFileReader reader =
        DataFileReader.open(
            new ByteArrayInputStream(lines.getBytes(UTF_8)),
            "f.json",
            OutputFormat.DYNAMODB_JSON,
            Compression.NONE);
    reader.only((json, offset, length) -> new String(json, offset, length, UTF_8).contains("yes"));
    return reader;
  }

  @Test
  void verifiesAgainstTheManifest() throws Exception {
    byte[] stored = stored(Compression.GZIP, 3);
    try (DataFileReader reader = open(stored, Compression.GZIP)) {
      assertThatIllegalStateException()
          .isThrownBy(reader::summary)
          .withMessage("'orders.json' is not read to its end");
      while (reader.next()) {
        assertThat(reader.itemLength()).isEqualTo(ITEM.length);
      }
      DataFile good = reader.summary().toDataFile("k");
      readAs(stored, good, Optional.empty());
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(
              () -> readAs(stored, new DataFile(4, good.md5Checksum(), "", "k"), Optional.empty()))
          .withMessage("unable to read data file 'k': it has 3 items, in the manifest 4");
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> readAs(stored, new DataFile(3, "x", "", "k"), Optional.empty()))
          .withMessageContaining("the MD5 of its " + stored.length + " bytes is");
    }
  }

  @Test
  void aKnownSha256ProvesTheBytesWithoutTheManifestsMd5() throws Exception {
    byte[] stored = stored(Compression.GZIP, 3);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(stored);
    String sha256 = HexFormat.of().formatHex(digest);

    readAs(stored, new DataFile(3, "x", "", "k"), Optional.of(sha256));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(
            () -> readAs(stored, new DataFile(3, "x", "", "k"), Optional.of("0".repeat(64))))
        .withMessageContaining("the SHA-256 of its " + stored.length + " bytes is " + sha256);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readAs(stored, new DataFile(4, "x", "", "k"), Optional.of(sha256)))
        .withMessageContaining("it has 3 items, in the manifest 4");
  }

  private static void readAs(byte[] stored, DataFile dataFile, Optional<String> sha256)
      throws IOException {
    ExportFile file = new ExportFile("k", dataFile, OutputFormat.DYNAMODB_JSON, Compression.GZIP);
    InputStream in = new ByteArrayInputStream(stored);
    try (DataFileReader reader =
        sha256.isPresent()
            ? DataFileReader.open(in, file, sha256.get())
            : DataFileReader.open(in, file)) {
      while (reader.next()) {
        assertThat(reader.itemLength()).isEqualTo(ITEM.length);
      }
    }
  }

  @Test
  void staysAtTheEndOnceItIsReached() throws Exception {
    try (DataFileReader reader = open(stored(Compression.GZIP, 1), Compression.GZIP)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.next()).isFalse();
      assertThat(reader.next()).isFalse();
      assertThat(reader.lineNumber()).isEqualTo(1);
    }
  }

  @Test
  void readsTheLongestItemThatDynamoDbCanHold() throws Exception {
    // A list of n empty strings counts 3 + n bytes, its attribute's and the key's names one each.
    int strings = 400 * 1024 - 3 - 1 - 2;
    StringBuilder json = new StringBuilder("{\"k\":{\"S\":\"a\"},\"l\":{\"L\":[{\"S\":\"\"}");
    json.append(",{\"S\":\"\"}".repeat(strings - 1)).append("]}}");
    byte[] item = json.toString().getBytes(UTF_8);

    assertThat(item.length).isGreaterThan(3_600_000);
    assertThat(readAll(stored(Compression.GZIP, List.of(item)), Compression.GZIP).itemCount())
        .isEqualTo(1);
  }

  @Test
  void readsALineOfExactlyTheLongestAndNoneLonger() throws Exception {
    byte[] longest = line(DataFileReader.MAX_LINE);
    byte[] longer = line(DataFileReader.MAX_LINE + 1);

    assertThat(readAll(longest, Compression.NONE).itemCount()).isEqualTo(1);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readAll(longer, Compression.NONE))
        .withMessage("unable to read data file 'orders.json': line 1 is longer than 4194304 bytes");
  }

  @Test
  void readsHonestExportsOfTheHighestRatio() throws Exception {
    byte[] item = ("{\"pk\":{\"S\":\"" + "x".repeat(400_000) + "\"}}").getBytes(UTF_8);
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    DataFileSummary written;
    try (DataFileWriter writer = DataFileWriter.open(sink, Codec.of(Compression.GZIP, 9))) {
      for (int i = 0; i < 100; i++) {
        writer.writeItem(item, 0, item.length);
      }
      written = writer.finish();
    }

    assertThat(written.rawBytes() / written.storedBytes()).isGreaterThan(900);
    assertThat(readAll(sink.toByteArray(), Compression.GZIP)).isEqualTo(written);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesABombOfOneEndlessLine(Compression compression) throws Exception {
    byte[] bomb = compress(compression, new byte[64 * 1024 * 1024]);

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readAll(bomb, compression))
        .withMessageContaining("line 1 is longer than");
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesABombOfEmptyLines(Compression compression) throws Exception {
    byte[] lines = new byte[16 * 1024 * 1024];
    Arrays.fill(lines, (byte) '\n');
    byte[] bomb = compress(compression, lines);

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readAll(bomb, compression))
        .withMessageContaining("line 1: the line is empty");
  }

  @Test
  void refusesABombOfMoreItemsThanTheManifestDeclares() throws Exception {
    byte[] bomb = stored(Compression.GZIP, 1_000_000);
    DataFile declared = new DataFile(10, "FjvgqIxwymKf1RbbqtrZag==", "", "k");
    ExportFile file = new ExportFile("k", declared, OutputFormat.DYNAMODB_JSON, Compression.GZIP);
    try (DataFileReader reader = DataFileReader.open(new ByteArrayInputStream(bomb), file)) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> readToEnd(reader))
          .withMessageContaining("it has more items than the 10 of the manifest");
      assertThat(reader.lineNumber()).isEqualTo(11);
    }
  }

  @Test
  void readsThousandsOfEmptyMembersWithoutDeepCalls() throws Exception {
    byte[] empty = stored(Compression.GZIP, 0);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 50_000; i++) {
      members.write(empty);
    }

    assertThat(readAll(members.toByteArray(), Compression.GZIP).itemCount()).isZero();
  }

  @Test
  void skipsAllOptionalPartsOfAGzipHeader() throws Exception {
    byte[] stored = stored(Compression.GZIP, 2);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 2, 3});
    file.write(new byte[] {3, 0, 'x', 'y', 'z'});
    file.write("name\0comment\0".getBytes(UTF_8));
    file.write(new byte[] {9, 9});
    file.write(stored, 10, stored.length - 10);

    assertThat(readAll(file.toByteArray(), Compression.GZIP).itemCount()).isEqualTo(2);
  }

  @Test
  void sizesItemsAsDynamoDbDoes() throws Exception {
    byte[] line = "{\"Item\":{\"pk\":{\"S\":\"ab\"},\"n\":{\"NULL\":true}}}".getBytes(UTF_8);
    try (DataFileReader reader = open(line, Compression.NONE)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.itemSize()).as("names 2 and 1, values 2 and 1").isEqualTo(6);
    }
  }

  @Test
  void handsOutWholeLinesOfIon() throws Exception {
    byte[] lines = " $ion_1_0 {Item:{pk:\"a\"}} \r\n".getBytes(UTF_8);
    try (DataFileReader reader =
        DataFileReader.open(
            new ByteArrayInputStream(lines), "f", OutputFormat.ION, Compression.NONE)) {
      assertThat(reader.next()).isTrue();
      String line = new String(reader.array(), reader.itemOffset(), reader.itemLength(), UTF_8);
      assertThat(line).isEqualTo("$ion_1_0 {Item:{pk:\"a\"}}");
      assertThatIllegalStateException().isThrownBy(reader::itemSize);
    }
  }

  @Test
  void saysNothingOfTheItemInItsMessages() throws Exception {
    byte[] line = "{\"Item\":{\"secret\":{\"S\":\"4711\"}\n".getBytes(UTF_8);

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readAll(line, Compression.NONE))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "4711"));
  }

  @Test
  void leavesTheSourceOpen() throws Exception {
    byte[] stored = stored(Compression.ZSTD, 1);
    InputStream source =
        new ByteArrayInputStream(stored) {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };

    assertThat(readAll(source, Compression.ZSTD).itemCount()).isEqualTo(1);
  }

  private static byte[] line(int length) {
    String before = "{\"Item\":{\"pk\":{\"S\":\"";
    String after = "\"}}}";
    String padding = "x".repeat(length - before.length() - after.length());
    return (before + padding + after + "\n").getBytes(UTF_8);
  }

  private static byte[] compress(Compression compression, byte[] raw) throws IOException {
    if (compression == Compression.ZSTD) {
      return Zstd.compress(raw);
    }
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(sink)) {
      gzip.write(raw);
    }
    return sink.toByteArray();
  }

  private static byte[] stored(Compression compression, int items) throws IOException {
    return stored(compression, Collections.nCopies(items, ITEM));
  }

  private static byte[] stored(Compression compression, List<byte[]> items) throws IOException {
    MemoryExport export = new MemoryExport();
    export.dataFile("k", "k", compression, items);
    return export.objects.get("k");
  }

  private static DataFileReader open(byte[] stored, Compression compression) throws IOException {
    return DataFileReader.open(
        new ByteArrayInputStream(stored), "orders.json", OutputFormat.DYNAMODB_JSON, compression);
  }

  private static DataFileSummary readAll(byte[] stored, Compression compression)
      throws IOException {
    return readAll(new ByteArrayInputStream(stored), compression);
  }

  private static DataFileSummary readAll(InputStream source, Compression compression)
      throws IOException {
    try (DataFileReader reader =
        DataFileReader.open(source, "orders.json", OutputFormat.DYNAMODB_JSON, compression)) {
      return readToEnd(reader);
    }
  }

  private static DataFileSummary readToEnd(DataFileReader reader) throws IOException {
    boolean more = reader.next();
    while (more) {
      more = reader.next();
    }
    return reader.summary();
  }

  private static final class BrokenConnection extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw new IOException("connection reset");
    }
  }
}
