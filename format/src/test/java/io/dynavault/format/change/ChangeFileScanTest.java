// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ChangeLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFileScanTest {
  private static final String OLD = ",\"OldImage\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";
  private static final String NEW = ",\"NewImage\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}}";

  @Test
  void findsWhatTheReaderFinds() throws Exception {
    String[] lines = {
      line("INSERT", NEW), line("MODIFY", OLD + NEW), line("MODIFY", NEW + OLD), line("REMOVE", OLD)
    };
    byte[] file = gzip(lines);
    List<String> found = new ArrayList<>();
    try (ChangeFileScan scan = open(file, 4)) {
      while (scan.next()) {
        found.add(text(scan.array(), scan.keys()) + scan.micros());
        found.add(text(scan.array(), scan.newImage()) + text(scan.array(), scan.oldImage()));
      }
    }
    List<String> expected = new ArrayList<>();
    try (ChangeFileReader reader =
        ChangeFileReader.open(new ByteArrayInputStream(file), "f.json.gz", 4, sha256(file))) {
      while (reader.next()) {
        expected.add(text(reader.array(), reader.keys()) + reader.micros());
        expected.add(
            text(reader.array(), reader.newImage()) + text(reader.array(), reader.oldImage()));
      }
    }
    assertThat(found).hasSize(8).isEqualTo(expected);
  }

  /** Also of images that nobody asks for, by the checksum. */
  @Test
  void aChangedByteIsFoundAtTheEnd() throws Exception {
    String line = line("MODIFY", OLD + NEW);
    String recorded = sha256(gzip(line));
    byte[] file = gzip(line.replace("\"1\"", "\"7\""));
    try (ChangeFileScan scan =
        ChangeFileScan.open(new ByteArrayInputStream(file), "f.json.gz", 1, recorded)) {
      assertThat(scan.next()).isTrue();
      assertThatThrownBy(scan::next)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("'f.json.gz'")
          .hasMessageContaining("SHA-256");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3})
  void anotherNumberOfChangesIsNoticed(long changes) throws Exception {
    byte[] file = gzip(line("MODIFY", OLD + NEW), line("REMOVE", OLD));
    try (ChangeFileScan scan = open(file, changes)) {
      assertThatThrownBy(
              () -> {
                while (scan.next()) {
                  scan.micros();
                }
              })
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("the commit");
    }
  }

  @ParameterizedTest
  @CsvSource({"INSERT,OLD", "MODIFY,OLD", "MODIFY,NEW", "REMOVE,NEW", "REMOVE,OLDNEW", "REMOVE,"})
  void imagesThatDoNotFitTheKindAreNoticed(String kind, @Nullable String images) throws Exception {
    String text = images == null ? "" : images.replace("OLD", OLD).replace("NEW", NEW);
    try (ChangeFileScan scan = open(gzip(line(kind, text)), 1)) {
      assertThat(scan.next()).isTrue();
      assertThatThrownBy(
              () -> {
                scan.newImage();
                scan.oldImage();
              })
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("line 1: a change without the images of its " + kind);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SequenceNumber", "EventName", "WriteTimestampMicros"})
  void metadataHasToBeThere(String member) throws Exception {
    byte[] file = gzip(line("MODIFY", OLD + NEW).replace(member, "Other"));
    try (ChangeFileScan scan = open(file, 1)) {
      assertThatThrownBy(scan::next)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("line 1");
    }
  }

  private static String line(String kind, String images) {
    return """
    {"Metadata":{"WriteTimestampMicros":{"N":"5"},"SequenceNumber":{"S":"1"},\
    "EventName":{"S":"%s"}},"Keys":{"pk":{"S":"a"}}%s}
    """
        .formatted(kind, images);
  }

  private static ChangeFileScan open(byte[] file, long changes) throws Exception {
    return ChangeFileScan.open(new ByteArrayInputStream(file), "f.json.gz", changes, sha256(file));
  }

  private static String text(byte[] array, ChangeLine.@Nullable Slice slice) {
    return slice == null ? "none" : new String(array, slice.offset(), slice.length(), UTF_8);
  }

  private static byte[] gzip(String... lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(String.join("", lines).getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
