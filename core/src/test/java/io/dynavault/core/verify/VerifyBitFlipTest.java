// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Set;
import java.util.stream.Collectors;
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
    assertThat(flipAll(point.files(), VerifyLevel.CHECKSUMS)).isGreaterThan(1_500);
  }

  @Test
  void findsEveryFlippedBitOfDataFilesWhileReadingItems() throws IOException {
    RecoveryPoint point = commit(OutputFormat.DYNAMODB_JSON, Compression.NONE);
    List<StoredFile> dataFiles =
        point.files().stream().filter(file -> file.itemCount() > 0).toList();
    flipAll(dataFiles, VerifyLevel.DATA);
  }

  @Test
  void findsEveryFlippedBitOfTheRecordByStructureAlone() throws IOException {
    RecoveryPoint point = commit(OutputFormat.DYNAMODB_JSON, Compression.GZIP);
    String record = ObjectKeys.recoveryPoint("orders", point.id().value());
    assertThat(flip(List.of(new Flips(record, read(record), 1)), VerifyLevel.STRUCTURE))
        .isGreaterThan(1_000);
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

  /**
   * The flips of one object, one after the other.
   *
   * @param bitsAByte how many bits of each byte are flipped
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
  private record Flips(String key, byte[] content, int bitsAByte) {
    int count() {
      return bitsAByte * content.length;
    }

    byte[] damaged(int flip) {
      int at = flip / bitsAByte;
      byte[] damaged = content.clone();
      damaged[at] ^= (byte) (1 << (flip + at) % 8);
      return damaged;
    }
  }

  private int flipAll(List<StoredFile> files, VerifyLevel level) throws IOException {
    List<Flips> flips = new ArrayList<>();
    for (StoredFile file : files) {
      flips.add(new Flips(file.key(), read(file.key()), file.itemCount() > 0 ? 8 : 1));
    }
    return flip(flips, level);
  }

  /** Flips bit after bit, in all objects at the same time, and expects an error about each. */
  private int flip(List<Flips> objects, VerifyLevel level) {
    List<String> missed = new ArrayList<>();
    int rounds = objects.stream().mapToInt(Flips::count).max().orElseThrow();
    for (int round = 0; round < rounds; round++) {
      int flip = round;
      List<Flips> flipped = objects.stream().filter(object -> flip < object.count()).toList();
      flipped.forEach(object -> testing.memory.put(object.key(), object.damaged(flip)));
      Set<String> found =
          verify(level).findings().stream()
              .filter(Finding::isError)
              .map(Finding::key)
              .collect(Collectors.toSet());
      flipped.stream()
          .filter(object -> !found.contains(object.key()))
          .forEach(object -> missed.add(object.key() + ", flip " + flip));
      flipped.forEach(object -> testing.memory.put(object.key(), object.content()));
    }
    assertThat(missed).as("flips that were not found").isEmpty();
    assertThat(verify(level).findings()).isEmpty();
    return objects.stream().mapToInt(Flips::count).sum();
  }

  private byte[] read(String key) throws IOException {
    try (InputStream in = testing.memory.read(key)) {
      return in.readAllBytes();
    }
  }
}
