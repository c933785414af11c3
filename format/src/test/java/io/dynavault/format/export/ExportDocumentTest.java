// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.ItemLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/format/export.md are what this code reads and writes. */
class ExportDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "format", "export.md");

  @Test
  void itsSummariesAreWrittenAsPrinted() throws IOException {
    List<String> summaries = linesThatStartWith("{\"version\":");

    assertThat(summaries).hasSize(2);
    for (String summary : summaries) {
      ManifestSummary parsed = ManifestSummaryParser.parse(summary.getBytes(UTF_8));
      assertThat(new String(ManifestSummaryParser.toJson(parsed), UTF_8)).isEqualTo(summary);
    }
  }

  @Test
  void itsFilesManifestIsWrittenAsPrinted() throws IOException {
    List<String> lines = linesThatStartWith("{\"itemCount\":");

    assertThat(lines).hasSize(1);
    List<DataFile> files = new ArrayList<>();
    ManifestFiles.parse(new ByteArrayInputStream(lines.get(0).getBytes(UTF_8)), files::add);
    assertThat(new String(ManifestFiles.toJsonLines(files), UTF_8)).isEqualTo(lines.get(0) + "\n");
  }

  @Test
  void itsItemsAreItems() throws IOException {
    List<String> lines = linesThatStartWith("{\"Item\":");

    assertThat(lines).hasSize(2);
    for (String line : lines) {
      byte[] bytes = line.getBytes(UTF_8);
      ItemLine item = new ItemLine();
      item.parse(bytes, 0, bytes.length);
      assertThat(item.itemSize()).isPositive();
    }
  }

  @Test
  void itNamesTheLimitsOfTheCode() throws IOException {
    assertThat(DataFileReader.MAX_LINE).isEqualTo(4 << 20);
    assertThat(DataFileReader.MAX_RECORD).isEqualTo((8 << 20) + (64 << 10));
    assertThat(ManifestFiles.MAX_LINE).isEqualTo(64 << 10);
    assertThat(Files.readString(DOCUMENT))
        .contains("| line with an item | 4 MiB |", "| line with a record | 8 MiB + 64 KiB |");
  }

  private static List<String> linesThatStartWith(String start) throws IOException {
    return Files.readAllLines(DOCUMENT, UTF_8).stream()
        .filter(line -> line.startsWith(start))
        .toList();
  }
}
