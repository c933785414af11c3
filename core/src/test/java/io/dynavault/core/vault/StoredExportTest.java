// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredExportTest {
  private static final String FOLDER = "exports/AWSDynamoDB/01795253400000-0a1b2c3d";
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Optional<ExportWindow> WINDOW =
      Optional.of(new ExportWindow(NOON, NOON.plusSeconds(900), ExportView.NEW_IMAGE));

  @Test
  void dataFilesOfAFullExportLieInItsFolder() {
    StoredExport export = full(TestingPoints.md5File(FOLDER + "/data/one.json.gz", 2));

    assertThat(export.dataFolder()).isEqualTo(FOLDER + "/data/");
    assertThat(export.dataFiles())
        .extracting(StoredFile::key)
        .containsExactly(FOLDER + "/data/one.json.gz");
    assertThat(export.isIncremental()).isFalse();
  }

  @Test
  void dataFilesOfAnIncrementalExportLieBesideItsFolder() {
    StoredExport export =
        incremental(FOLDER, TestingPoints.md5File("exports/AWSDynamoDB/data/one.json.gz", 2));

    assertThat(export.dataFolder()).isEqualTo("exports/AWSDynamoDB/data/");
    assertThat(export.dataFiles())
        .extracting(StoredFile::key)
        .containsExactly("exports/AWSDynamoDB/data/one.json.gz");
    assertThat(export.isIncremental()).isTrue();
  }

  @Test
  void anExportInTheRootOfABucketHasAFolderToo() {
    String folder = "AWSDynamoDB/01795253400000-0a1b2c3d";

    StoredExport export =
        incremental(folder, TestingPoints.md5File("AWSDynamoDB/data/one.json.gz", 2));

    assertThat(export.dataFiles()).hasSize(1);
  }

  @Test
  void aFullExportHasNoFilesBesideItsFolder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full(TestingPoints.file("exports/AWSDynamoDB/data/one.json.gz", 2)))
        .withMessage("a file lies outside of exportPrefix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports/AWSDynamoDB/data/../other.json.gz",
        "exports/AWSDynamoDB/data/",
        "exports/AWSDynamoDB/other/one.json.gz",
        "exports/AWSDynamoDB/01795253400000-ffffffff/data/one.json.gz",
        "data/one.json.gz",
        "vault.json"
      })
  void anIncrementalExportHasFilesInBothFoldersOnly(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> incremental(FOLDER, TestingPoints.file(key, 2)))
        .withMessage("a file lies outside of exportPrefix");
  }

  @Test
  void anIncrementalExportLiesWhereAwsPutsIt() {
    String folder = "2026-11-21/orders/01795253400000-0a1b2c3d";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> incremental(folder))
        .withMessage("exportPrefix is not the folder of an incremental export");
  }

  @Test
  void onlyDataFilesMayDoWithoutSha256() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full(TestingPoints.md5File(FOLDER + "/manifest-files.json", 2)))
        .withMessage("a file that is no data file has no SHA-256");
  }

  @Test
  void aWindowEndsAfterItBegins() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExportWindow(NOON, NOON, ExportView.NEW_IMAGE));
  }

  private static StoredExport full(StoredFile file) {
    return export(FOLDER, Optional.empty(), List.of(file));
  }

  private static StoredExport incremental(String folder, StoredFile... files) {
    return export(folder, WINDOW, List.of(files));
  }

  private static StoredExport export(
      String folder, Optional<ExportWindow> window, List<StoredFile> files) {
    long items = files.stream().mapToLong(StoredFile::itemCount).sum();
    return new StoredExport(
        folder, OutputFormat.DYNAMODB_JSON, Compression.GZIP, items, 74, files, window);
  }
}
