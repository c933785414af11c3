// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ChangeKind;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.StreamPage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFileTest {
  private static final String INSERT =
      """
      {"eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":1767325811,\
      "Keys":{"pk":{"S":"a"}},"NewImage":{"pk":{"S":"a"},"n":{"N":"1"}},\
      "SequenceNumber":"400000000000000499660","StreamViewType":"NEW_AND_OLD_IMAGES"}}\
      """;
  private static final String MODIFY =
      """
      {"eventName":"MODIFY","dynamodb":{"ApproximateCreationDateTime":1767325812,
      "Keys":{"pk":{"S":"a"}},"NewImage":{"pk":{"S":"a"},
      "n":{"N":"2"}},"OldImage":{"pk":{"S":"a"},"n":{"N":"1"}},
      "SequenceNumber":"000000000000000000002","StreamViewType":"NEW_AND_OLD_IMAGES"}}\
      """;
  private static final String EXPIRY =
      """
      {"eventName":"REMOVE","userIdentity":{"PrincipalId":"dynamodb.amazonaws.com",\
      "Type":"Service"},"dynamodb":{"ApproximateCreationDateTime":1767325813,\
      "Keys":{"pk":{"S":"a"}},"OldImage":{"pk":{"S":"a"},"n":{"N":"2"}},\
      "SequenceNumber":"3","StreamViewType":"NEW_AND_OLD_IMAGES"}}\
      """;

  /** By hand, from docs/format/continuous.md. */
  @Test
  void linesAreThoseOfTheSpecification() throws IOException {
    Stored stored = store(INSERT, MODIFY, EXPIRY);

    assertThat(text(stored.bytes()).lines())
        .containsExactly(
            """
            {"Metadata":{"WriteTimestampMicros":{"N":"1767325811000000"},"SequenceNumber":\
            {"S":"400000000000000499660"},"EventName":{"S":"INSERT"}},"Keys":{"pk":{"S":"a"}},\
            "NewImage":{"pk":{"S":"a"},"n":{"N":"1"}}}\
            """,
            """
            {"Metadata":{"WriteTimestampMicros":{"N":"1767325812000000"},"SequenceNumber":\
            {"S":"000000000000000000002"},"EventName":{"S":"MODIFY"}},"Keys":{"pk":{"S":"a"}},\
            "OldImage":{"pk":{"S":"a"},"n":{"N":"1"}},"NewImage":{"pk":{"S":"a"}, "n":{"N":"2"}}}\
            """,
            """
            {"Metadata":{"WriteTimestampMicros":{"N":"1767325813000000"},"SequenceNumber":\
            {"S":"3"},"EventName":{"S":"REMOVE"},"TimeToLive":{"BOOL":true}},"Keys":\
            {"pk":{"S":"a"}},"OldImage":{"pk":{"S":"a"},"n":{"N":"2"}}}\
            """);
    assertThat(stored.summary().tally())
        .isEqualTo(new ChangeTally(1, 1, 1, 1, 1_767_325_811_000_000L, 1_767_325_813_000_000L));
    assertThat(stored.summary().storedBytes()).isEqualTo(stored.bytes().length);
    assertThat(stored.summary().sha256()).isEqualTo(sha256(stored.bytes()));
  }

  @Test
  void changesAreReadAsTheyWereWritten() throws IOException {
    Stored stored = store(INSERT, MODIFY, EXPIRY);
    try (ChangeFileReader reader = open(stored.bytes(), 3)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.kind()).isEqualTo(ChangeKind.INSERT);
      assertThat(reader.sequenceNumber()).isEqualTo("400000000000000499660");
      assertThat(reader.micros()).isEqualTo(1_767_325_811_000_000L);
      assertThat(reader.oldImage()).isNull();
      assertThat(slice(reader, reader.newImage()))
          .isEqualTo("{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}");

      assertThat(reader.next()).isTrue();
      assertThat(reader.kind()).isEqualTo(ChangeKind.MODIFY);
      assertThat(reader.lineNumber()).isEqualTo(2);

      assertThat(reader.next()).isTrue();
      assertThat(reader.timeToLive()).isTrue();
      assertThat(reader.newImage()).isNull();
      assertThat(slice(reader, reader.keys())).isEqualTo("{\"pk\":{\"S\":\"a\"}}");

      assertThat(reader.next()).isFalse();
      assertThat(reader.tally()).isEqualTo(stored.summary().tally());
    }
  }

  @Test
  void aFileCanBeCopiedChangeByChange() throws IOException {
    Stored stored = store(INSERT, MODIFY, EXPIRY);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (ChangeFileReader reader = open(stored.bytes(), 3);
        ChangeFileWriter writer = ChangeFileWriter.open(copy)) {
      while (reader.next()) {
        writer.write(reader);
      }
      assertThat(writer.finish()).isEqualTo(stored.summary());
    }
    assertThat(copy.toByteArray()).isEqualTo(stored.bytes());
  }

  @Test
  void aLineIsAsLongAsTwoLargestItems() throws IOException {
    String large = "x".repeat(400 * 1024 - 10);
    String record =
        MODIFY
            .replace("{\"N\":\"2\"}", "{\"S\":\"" + large + "\"}")
            .replace("{\"N\":\"1\"}", "{\"S\":\"" + large + "\"}");
    Stored stored = store(record);

    try (ChangeFileReader reader = open(stored.bytes(), 1)) {
      assertThat(reader.next()).isTrue();
      assertThat(slice(reader, reader.newImage())).contains(large);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void everyChangedByteOfAFileIsNoticed() throws IOException {
    Stored stored = store(INSERT, MODIFY, EXPIRY);
    for (int i = 0; i < stored.bytes().length; i++) {
      byte[] changed = stored.bytes().clone();
      changed[i] ^= 4;
      assertThatThrownBy(() -> readAll(changed, 3, stored.summary().sha256()))
          .as("byte %d", i)
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aFileThatWasCutIsNoticed() throws IOException {
    Stored stored = store(INSERT, MODIFY, EXPIRY);
    for (int length = 0; length < stored.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(stored.bytes(), length);
      assertThatThrownBy(() -> readAll(cut, 3, stored.summary().sha256()))
          .isInstanceOf(FormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 4})
  void anotherNumberOfChangesIsNoticed(long changes) throws IOException {
    Stored stored = store(INSERT, MODIFY, EXPIRY);
    assertThatThrownBy(() -> readAll(stored.bytes(), changes, stored.summary().sha256()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("'f.json.gz'")
        .hasMessageContaining("changes")
        .hasMessageContaining("the commit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Metadata\":{\"SequenceNumber\":{\"S\":\"1\"},\"EventName\":{\"S\":\"REMOVE\"}},REST",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"},\"EventName\":{\"S\":\"REMOVE\"}},REST",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"},\"SequenceNumber\":{\"S\":\"1\"}},REST",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"},\"SequenceNumber\":{\"S\":\"x\"},"
            + "\"EventName\":{\"S\":\"REMOVE\"}},REST",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"},\"SequenceNumber\":{\"S\":\"1\"},"
            + "\"EventName\":{\"S\":\"DROP\"}},REST",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"},\"SequenceNumber\":{\"S\":\"1\"},"
            + "\"EventName\":{\"S\":\"MODIFY\"}},REST",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"},\"SequenceNumber\":{\"N\":\"1\"},"
            + "\"EventName\":{\"S\":\"REMOVE\"}},REST"
      })
  void aLineThatIsNoWholeChangeIsRefused(String line) throws IOException {
    byte[] file =
        gzip(
            line.replace(
                "REST", "\"Keys\":{\"pk\":{\"S\":\"a\"}},\"OldImage\":{\"pk\":{\"S\":\"a\"}}}\n"));
    assertThatThrownBy(() -> readAll(file, 1, sha256(file)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void aRecordWithoutItsImageIsNotKept() {
    String keysOnly =
        MODIFY.replace("NEW_AND_OLD_IMAGES", "NEW_IMAGE").replace("\"OldImage\"", "\"Other\"");
    assertThatThrownBy(() -> store(keysOnly))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("images of its MODIFY");
  }

  @Test
  void thereIsNoFileWithoutChanges() throws IOException {
    try (ChangeFileWriter writer = ChangeFileWriter.open(new ByteArrayOutputStream())) {
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(byte[] bytes, ChangeFileSummary summary) {}

  /** The records as the stream's times say. */
  private static Stored store(String... records) throws IOException {
    byte[] answer = ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(UTF_8);
    StreamPage page = new StreamPage();
    page.parse(answer, 0, answer.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChangeFileWriter writer = ChangeFileWriter.open(out)) {
      for (int i = 0; i < page.count(); i++) {
        writer.write(page, i, page.creationMicros(i));
      }
      ChangeFileSummary summary = writer.finish();
      return new Stored(out.toByteArray(), summary);
    }
  }

  private static ChangeFileReader open(byte[] file, long changes) throws IOException {
    return ChangeFileReader.open(
        new ByteArrayInputStream(file), "f.json.gz", changes, sha256(file));
  }

  private static void readAll(byte[] file, long changes, String sha256) throws IOException {
    try (ChangeFileReader reader =
        ChangeFileReader.open(new ByteArrayInputStream(file), "f.json.gz", changes, sha256)) {
      while (reader.next()) {
        reader.kind();
      }
    }
  }

  private static String slice(ChangeFileReader reader, ChangeLine.@Nullable Slice slice) {
    return new String(reader.array(), slice.offset(), slice.length(), UTF_8);
  }

  private static String text(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
