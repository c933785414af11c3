// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestFilesTest {
  private static final String MD5 = "y+zg5fVeudb3R3DOQ+RKgA==";

  @Test
  void writesALineAsAws() {
    DataFile file =
        new DataFile(
            3,
            MD5,
            "b5443265c5e545b6c8d8275e0b6f8c15-1",
            "AWSDynamoDB/01768385930622-efd1a093/data/5mrfg3b44e3vhnfickkozoym6a.json.gz");

    assertThat(new String(ManifestFiles.toJsonLines(List.of(file)), UTF_8))
        .isEqualTo(
            """
            {"itemCount":3,"md5Checksum":"y+zg5fVeudb3R3DOQ+RKgA==",\
            "etag":"b5443265c5e545b6c8d8275e0b6f8c15-1",\
            "dataFileS3Key":"AWSDynamoDB/01768385930622-efd1a093/data/5mrfg3b44e3vhnfickkozoym6a.json.gz"}
            """);
  }

  @Test
  void writesNothingForNoFiles() throws IOException {
    assertThat(ManifestFiles.toJsonLines(List.of())).isEmpty();
    assertThat(parse("")).isEmpty();
  }

  @Test
  void readsThousandsOfLines() throws IOException {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      files.add(new DataFile(i, MD5, "e-1", "p/AWSDynamoDB/1/data/" + i + ".json.gz"));
    }

    assertThat(parse(new String(ManifestFiles.toJsonLines(files), UTF_8))).isEqualTo(files);
  }

  @Test
  void acceptsALastLineWithoutLineFeedAndAMissingEntityTag() throws IOException {
    String line = "{\"dataFileS3Key\":\"k\",\"md5Checksum\":\"" + MD5 + "\",\"itemCount\":7}";

    assertThat(parse(line)).containsExactly(new DataFile(7, MD5, "", "k"));
  }

  @Test
  void namesTheLineThatIsDamaged() {
    String line = "{\"dataFileS3Key\":\"k\",\"md5Checksum\":\"" + MD5 + "\",\"itemCount\":7}\n";

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> parse(line + line.replace("7", "null")))
        .withMessage("line 2: 'itemCount' is missing");
  }

  @Test
  void boundsALineWithoutEnd() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> parse("{\"x\":\"" + "y".repeat(10_000_000)))
        .withMessage("line 1 is longer than 65536 bytes");
  }

  private static List<DataFile> parse(String lines) throws IOException {
    List<DataFile> files = new ArrayList<>();
    ManifestFiles.parse(new ByteArrayInputStream(lines.getBytes(UTF_8)), files::add);
    return files;
  }
}
