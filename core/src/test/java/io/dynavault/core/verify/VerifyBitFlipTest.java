// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ObjectKeys;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One bit of one byte is another: every one of them is found. Of data files all bits of all bytes
 * are flipped, of records and manifests one of each byte.
 */
@Tag("G2")
class VerifyBitFlipTest {
  private final TestingVault testing = new TestingVault();

  @ParameterizedTest
  @CsvSource({"DYNAMODB_JSON, GZIP", "ION, ZSTD", "DYNAMODB_JSON, NONE"})
  void findsEveryFlippedBitOfEveryFileByChecksum(OutputFormat format, Compression compression)
      throws IOException {
    RecoveryPoint point = commit(format, compression);
    int flips = 0;
    for (StoredFile file : point.files()) {
      int bits = file.itemCount() > 0 ? 8 : 1;
      flips += flipAll(file.key(), bits, VerifyLevel.CHECKSUMS);
    }
    assertThat(flips).isGreaterThan(1_500);
  }

  @Test
  void findsEveryFlippedBitOfDataFilesWhileReadingItems() throws IOException {
    RecoveryPoint point = commit(OutputFormat.DYNAMODB_JSON, Compression.NONE);
    for (StoredFile file : point.files()) {
      if (file.itemCount() > 0) {
        flipAll(file.key(), 8, VerifyLevel.DATA);
      }
    }
  }

  @Test
  void findsEveryFlippedBitOfTheRecordByStructureAlone() throws IOException {
    RecoveryPoint point = commit(OutputFormat.DYNAMODB_JSON, Compression.GZIP);
    String record = ObjectKeys.recoveryPoint("orders", point.id().value());
    assertThat(flipAll(record, 1, VerifyLevel.STRUCTURE)).isGreaterThan(1_000);
  }

  private VerifyResult verify(VerifyLevel level) {
    RecoveryPointId id = TestingPoints.point("orders", TestingExport.START).id();
    return TestingExport.verify(new VerifyTarget.OnePoint(testing.vault, "orders", id), level);
  }

  private RecoveryPoint commit(OutputFormat format, Compression compression) {
    return new TestingExport("orders", TestingExport.START, format, compression)
        .file("{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}", "{\"pk\":{\"S\":\"b\"}}")
        .file("{\"pk\":{\"S\":\"c\"},\"l\":{\"L\":[{\"NULL\":true}]}}")
        .commit(testing);
  }

  /** Flips bit after bit of an object, and each time expects an error about it. */
  private int flipAll(String key, int bitsAByte, VerifyLevel level) throws IOException {
    MemoryStore store = testing.memory;
    byte[] content;
    try (InputStream in = store.read(key)) {
      content = in.readAllBytes();
    }
    List<String> missed = new ArrayList<>();
    for (int flip = 0; flip < bitsAByte * content.length; flip++) {
      int at = flip / bitsAByte;
      int bit = (flip + at) % 8;
      byte[] damaged = content.clone();
      damaged[at] ^= (byte) (1 << bit);
      store.put(key, damaged);
      boolean found =
          verify(level).findings().stream()
              .anyMatch(finding -> finding.isError() && finding.key().equals(key));
      if (!found) {
        missed.add("byte " + at + ", bit " + bit);
      }
    }
    store.put(key, content);
    assertThat(missed).as("bits of %s whose flip was not found", key).isEmpty();
    assertThat(verify(level).findings()).isEmpty();
    return bitsAByte * content.length;
  }
}
