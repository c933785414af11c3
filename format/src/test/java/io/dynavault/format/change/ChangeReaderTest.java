// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFile;
import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeReaderTest {
  private static final Item KEY = item("{\"pk\":{\"S\":\"a#1\"},\"s k\":{\"N\":\"1\"}}");
  private static final Item OLD = item("{\"pk\":{\"S\":\"a#1\"},\"s k\":{\"N\":\"1\"}}");
  private static final Item NEW =
      item(
          "{\"pk\":{\"S\":\"a#1\"},\"s k\":{\"N\":\"1\"},\"x\":{\"SS\":[\"a\",\"b\"]},\"y\":"
              + "{\"L\":[{\"NULL\":true},{\"B\":\"AAE=\"}]}}");

  private static final ItemChange PUT =
      new ItemChange(KEY, Optional.of(OLD), Optional.of(NEW), OptionalLong.of(1767325811000001L));
  private static final ItemChange DELETE =
      new ItemChange(KEY, Optional.empty(), Optional.empty(), OptionalLong.of(1767325900000777L));
  private static final ItemChange TIMELESS =
      new ItemChange(KEY, Optional.empty(), Optional.of(NEW), OptionalLong.empty());

  /** By hand, from the DynamoDB Developer Guide and a file that AWS wrote. */
  @Test
  void writesWhatAwsWrites() {
    assertThat(new String(ChangeLines.encode(DELETE, OutputFormat.DYNAMODB_JSON), UTF_8))
        .isEqualTo(
            "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1767325900000777\"}},\"Keys\":"
                + "{\"pk\":{\"S\":\"a#1\"},\"s k\":{\"N\":\"1\"}}}");
    assertThat(new String(ChangeLines.encode(DELETE, OutputFormat.ION), UTF_8))
        .isEqualTo(
            "$ion_1_0 {Record:{Keys:{pk:\"a#1\",'s k':1.},Metadata:{WriteTimestampMicros:"
                + "1767325900000777.}}}");
  }

  @ParameterizedTest
  @EnumSource(OutputFormat.class)
  void readsWhatIsWritten(OutputFormat format) throws IOException {
    Stored stored = store(format, PUT, DELETE, TIMELESS);
    List<String> seen = new ArrayList<>();

    try (ChangeReader reader = stored.open()) {
      while (reader.next()) {
        assertThat(decode(reader, reader.keys())).isEqualTo(KEY);
        ChangeLine.Slice image = reader.newImage();
        seen.add(
            (image == null ? "deleted" : decode(reader, image).equals(NEW) ? "put" : "other")
                + " "
                + reader.writeMicros());
      }
      assertThat(reader.summary().itemCount()).isEqualTo(3);
    }

    assertThat(seen).containsExactly("put 1767325811000001", "deleted 1767325900000777", "put -1");
  }

  @ParameterizedTest
  @EnumSource(OutputFormat.class)
  void aFileOfItemsIsRefusedWithItsLine(OutputFormat format) throws IOException {
    String line =
        format == OutputFormat.ION
            ? "$ion_1_0 {Item:{pk:\"a\"}}"
            : "{\"Item\":{\"pk\":{\"S\":\"a\"}}}";
    Stored stored = store(format, List.of(line.getBytes(UTF_8)));

    assertThatThrownBy(() -> readAll(stored))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("unable to read data file 'd': line 1: ");
  }

  @Test
  void aFileThatWasChangedIsRefused() throws IOException {
    Stored stored = store(OutputFormat.DYNAMODB_JSON, PUT, DELETE);
    DataFile known = stored.file().dataFile();
    DataFile other =
        new DataFile(known.itemCount(), "y+zg5fVeudb3R3DOQ+RKgA==", "", known.dataFileS3Key());
    DataFile longer = new DataFile(3, known.md5Checksum(), "", known.dataFileS3Key());

    assertThatThrownBy(() -> readAll(stored.as(other))).hasMessageContaining("MD5");
    assertThatThrownBy(() -> readAll(stored.as(longer))).isInstanceOf(FormatException.class);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] content, ExportFile file) {
    ChangeReader open() throws IOException {
      return ChangeReader.open(new ByteArrayInputStream(content), file);
    }

    Stored as(DataFile dataFile) {
      return new Stored(
          content, new ExportFile(file.key(), dataFile, file.format(), file.compression()));
    }
  }

  private static Stored store(OutputFormat format, ItemChange... changes) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (ItemChange change : changes) {
      lines.add(ChangeLines.encode(change, format));
    }
    return store(format, lines);
  }

  private static Stored store(OutputFormat format, List<byte[]> lines) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DataFileWriter writer = DataFileWriter.open(content, Compression.GZIP)) {
      for (byte[] line : lines) {
        writer.writeLine(line, 0, line.length);
      }
      DataFile file = writer.finish().toDataFile("d");
      return new Stored(content.toByteArray(), new ExportFile("d", file, format, Compression.GZIP));
    }
  }

  private static void readAll(Stored stored) throws IOException {
    try (ChangeReader reader = stored.open()) {
      while (reader.next()) {
        assertThat(reader.keys().length()).isPositive();
      }
    }
  }

  private static Item decode(ChangeReader reader, ChangeLine.Slice slice) {
    return DynamoDbJson.decode(reader.array(), slice.offset(), slice.length());
  }

  private static Item item(String json) {
    return DynamoDbJson.decode(json.getBytes(UTF_8));
  }
}
