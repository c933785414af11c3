// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that AWS wrote: see the README beside them. */
class RealExportTest {
  private static final String ID = "01715685260608-c488b4e1";
  private static final String FOLDER = "dynamodb-export/AWSDynamoDB/" + ID;

  private final FolderSource source = FolderSource.ofResource("/real-export");

  @Test
  void readsTheSummary() throws Exception {
    ManifestSummary summary = ExportReader.read(source, FOLDER).summary();

    assertThat(summary.version()).isEqualTo("2020-06-30");
    assertThat(summary.tableName()).contains("S3ExportTest");
    assertThat(summary.exportId()).contains(ID);
    assertThat(summary.startTime()).isEqualTo(Instant.parse("2024-05-14T11:14:20.608Z"));
    assertThat(summary.endTime()).isEqualTo(Instant.parse("2024-05-14T11:19:26.869Z"));
    assertThat(summary.span())
        .isEqualTo(new ExportSpan.Moment(Instant.parse("2024-05-14T11:14:20.608Z")));
    assertThat(summary.destination())
        .isEqualTo(ExportDestination.of("test-bucket", "dynamodb-export"));
    assertThat(summary.billedSizeBytes()).isEqualTo(19);
    assertThat(summary.itemCount()).isEqualTo(3);
    assertThat(summary.outputFormat()).isEqualTo(OutputFormat.DYNAMODB_JSON);
  }

  @Test
  void readsAndVerifiesItemsOfAllTenTypes() throws Exception {
    Export export = ExportReader.read(source, FOLDER + "/manifest-summary.json");

    List<String> items = new ArrayList<>();
    for (ExportFile file : export.files()) {
      try (InputStream stored = source.open(file.key()).orElseThrow();
          DataFileReader reader = DataFileReader.open(stored, file)) {
        while (reader.next()) {
          items.add(new String(reader.array(), reader.itemOffset(), reader.itemLength(), UTF_8));
        }
        assertThat(reader.summary().toDataFile(file.dataFile().dataFileS3Key()))
            .as("checksum, count and entity tag as AWS computed them")
            .isEqualTo(file.dataFile());
      }
    }
    assertThat(items).hasSize(3).allMatch(item -> item.startsWith("{\"id\":{\"S\":\""));
    assertThat(items).contains("{\"id\":{\"S\":\"bar\"},\"baz\":{\"N\":\"0\"}}");
    assertThat(items)
        .anySatisfy(
            item ->
                assertThat(Stream.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"))
                    .allMatch(type -> item.contains("{\"" + type + "\":")));
    assertThat(export.notes()).hasSize(2).allMatch(note -> note.contains("no checksum file"));
  }

  @Test
  void writesTheManifestsByteForByteAsAws() throws Exception {
    byte[] summary = Files.readAllBytes(source.root().resolve(FOLDER + "/manifest-summary.json"));
    byte[] files = Files.readAllBytes(source.root().resolve(FOLDER + "/manifest-files.json"));
    Export export = ExportReader.read(source, FOLDER);

    assertThat(new String(ManifestSummaryParser.toJson(export.summary()), UTF_8))
        .isEqualTo(new String(summary, UTF_8).stripTrailing());
    assertThat(
            ManifestFiles.toJsonLines(export.files().stream().map(ExportFile::dataFile).toList()))
        .isEqualTo(files);
  }
}
