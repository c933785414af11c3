// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.verify.TestingExport;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExportContentTest {
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final RecoveryPoint point =
      TestingExport.orders().file("{\"pk\":{\"S\":\"a\"}}").store(store);

  @Test
  void opensWhatTheRecordDescribes() {
    assertThat(ExportContent.open(store, point).export().summary().itemCount()).isEqualTo(1);
  }

  /** A blank at the end changes nothing but the bytes: whatever it said, it is not the original. */
  @Test
  void aManifestThatWasExchangedTogetherWithItsChecksumIsFound() throws Exception {
    for (String manifest : List.of("manifest-summary", "manifest-files")) {
      String key = point.export().exportPrefix() + "/" + manifest + ".json";
      byte[] original = content(key);
      byte[] exchanged = (new String(original, UTF_8) + "\n").getBytes(UTF_8);
      String checksum = point.export().exportPrefix() + "/" + manifest + ".md5";
      byte[] originalChecksum = content(checksum);
      store.put(key, exchanged);
      store.put(checksum, md5(exchanged));

      assertThat(failure(ErrorCode.DAMAGED, () -> ExportContent.open(store, point)))
          .hasMessageContaining("its SHA-256 or size is not what the record says");

      store.put(key, original);
      store.put(checksum, originalChecksum);
    }
  }

  @Test
  void aDataFileThatIsNotThereIsDamage() {
    ExportContent content = ExportContent.open(store, point);
    var file = content.export().files().get(0);
    store.delete(file.key());

    assertThat(
            failure(
                ErrorCode.DAMAGED, () -> content.read(file, (json, offset, length, size) -> {})))
        .hasMessage("unable to read '" + file.key() + "': the file is missing");
  }

  @Test
  void aDamagedDataFileIsNamedOnce() {
    ExportContent content = ExportContent.open(store, point);
    var file = content.export().files().get(0);
    store.put(file.key(), new byte[] {1, 2, 3});

    String message =
        failure(ErrorCode.DAMAGED, () -> content.read(file, (json, offset, length, size) -> {}))
            .getMessage();

    assertThat(message).startsWith("unable to read data file '" + file.key() + "': ");
    assertThat(message.split("/data/", -1)).hasSize(2);
  }

  /** The manifest's MD5 can be made to fit other bytes: what the record says has the last word. */
  @Test
  @Tag("G2")
  void aDataFileThatFitsItsManifestButNotItsRecordIsDamaged() {
    StoredExport export = point.export();
    List<StoredFile> others =
        export.files().stream()
            .map(
                file ->
                    file.itemCount() == 0
                        ? file
                        : new StoredFile(file.key(), file.size(), "0".repeat(64), file.itemCount()))
            .toList();
    ExportContent content = ExportContent.open(store, withFiles(export, others));

    assertThat(
            failure(
                ErrorCode.DAMAGED,
                () ->
                    content.read(
                        content.export().files().get(0), (json, offset, length, size) -> {})))
        .hasMessageContaining("in the record " + "0".repeat(64));
  }

  private RecoveryPoint withFiles(StoredExport export, List<StoredFile> files) {
    return new RecoveryPoint(
        point.id(),
        point.method(),
        point.table(),
        point.startTime(),
        point.endTime(),
        new StoredExport(
            export.exportPrefix(),
            export.outputFormat(),
            export.compression(),
            export.itemCount(),
            export.itemBytes(),
            files,
            Optional.empty()),
        point.consistency(),
        point.filtered(),
        point.deleteAfter(),
        point.tags(),
        point.toolVersion());
  }

  private byte[] content(String key) throws IOException {
    try (var in = store.read(key)) {
      return in.readAllBytes();
    }
  }

  private static byte[] md5(byte[] content) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(content);
    return Base64.getEncoder().encode(digest);
  }
}
