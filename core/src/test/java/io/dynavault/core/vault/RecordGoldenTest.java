// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records of format version 1.0 that another program wrote by the specification. They are never
 * written anew: every later version of this reader has to read the valid ones.
 */
class RecordGoldenTest {
  private static final String KEY = "recovery-points/orders/01795253400123-0a1b2c3d.json";
  private static final Path FOLDER = folder();

  /** What is said of each invalid one, after its name. */
  private static final Map<String, String> FAULTS = new TreeMap<>();

  static {
    FAULTS.put("major-version-2", "its format version 2.0 is not known");
    FAULTS.put("no-version", "'formatVersion' is missing");
    FAULTS.put("version-is-a-number", "'formatVersion' is not a string");
    for (String field :
        List.of(
            "id",
            "method",
            "startTime",
            "endTime",
            "exportPrefix",
            "outputFormat",
            "compression",
            "itemCount",
            "itemBytes",
            "consistency",
            "filtered",
            "toolVersion",
            "table")) {
      FAULTS.put("no-" + field, "'" + field + "' is missing");
    }
    FAULTS.put(
        "id-of-another-record", "'id' and the table's name are not those of the record's key");
    FAULTS.put(
        "table-of-another-folder", "'id' and the table's name are not those of the record's");
    FAULTS.put("id-of-another-form", "not the id of a recovery point: latest");
    FAULTS.put("unknown-method", "'method' is not one that this version knows: TAPE");
    FAULTS.put("naive-time", "'startTime' is not a time in RFC 3339");
    FAULTS.put("time-as-number", "'endTime' is not a string");
    FAULTS.put("export-prefix-leaves-the-vault", "exportPrefix is not the folder of an export");
    FAULTS.put("export-prefix-is-absolute", "exportPrefix is not the folder of an export");
    FAULTS.put(
        "export-prefix-is-the-records-folder", "exportPrefix is not the folder of an export");
    FAULTS.put("export-prefix-is-empty", "exportPrefix is not the folder of an export");
    FAULTS.put("file-leaves-the-export", "a file lies outside of exportPrefix");
    FAULTS.put("file-of-another-export", "a file lies outside of exportPrefix");
    FAULTS.put("file-beside-the-export", "a file lies outside of exportPrefix");
    FAULTS.put("file-is-the-lock", "a file lies outside of exportPrefix");
    FAULTS.put("file-named-twice", "a file is named twice");
    FAULTS.put("negative-size", "is negative");
    FAULTS.put("size-is-a-fraction", "'size' is not a whole number");
    FAULTS.put("checksum-of-another-form", "is not 64 hex digits");
    FAULTS.put("item-count-differs-from-its-files", "itemCount is 3 but its files have 2 items");
    FAULTS.put("filtered-is-a-string", "'filtered' is not true or false");
    FAULTS.put("tags-are-a-list", "tags is not a JSON object");
    FAULTS.put("duplicate-name", "is not valid JSON");
    FAULTS.put("sixty-five-levels", "is not valid JSON");
    FAULTS.put("not-json", "is not valid JSON");
    FAULTS.put("empty", "is not");
    FAULTS.put("an-array", "is not a JSON object");
    FAULTS.put("two-documents", "is not valid JSON");
    FAULTS.put("gzipped-by-a-proxy", "is not valid JSON");
    FAULTS.put("invalid-utf-8", "is not valid JSON");
    FAULTS.put("no-seal", "it does not end in the field 'recordSha256'");
    FAULTS.put("one-tag-changed-after-sealing", "'recordSha256' is not the checksum");
    FAULTS.put("seal-in-capitals", "'recordSha256' is not the checksum");
  }

  @Test
  void readsEveryField() {
    RecoveryPoint point = read("valid/record");

    assertThat(point.id()).isEqualTo(new RecoveryPointId("01795253400123-0a1b2c3d"));
    assertThat(point.method()).isEqualTo(Method.SCAN);
    assertThat(point.tableName()).isEqualTo("orders");
    assertThat(point.table()).isEqualTo(TestingPoints.definition("orders"));
    assertThat(point.startTime()).isEqualTo("2026-11-21T09:30:00.123Z");
    assertThat(point.id().startTime()).isEqualTo(point.startTime());
    assertThat(point.endTime()).isEqualTo("2026-11-21T09:31:12.500Z");
    assertThat(point.export().exportPrefix())
        .isEqualTo("2026-11-21/orders/AWSDynamoDB/01795253400123-0a1b2c3d");
    assertThat(point.export().outputFormat()).isEqualTo(OutputFormat.DYNAMODB_JSON);
    assertThat(point.export().compression()).isEqualTo(Compression.GZIP);
    assertThat(point.export().itemCount()).isEqualTo(2);
    assertThat(point.export().itemBytes()).isEqualTo(74);
    assertThat(point.storedBytes()).isEqualTo(733);
    assertThat(point.files()).extracting(StoredFile::itemCount).containsExactly(2L, 0L);
    assertThat(point.consistency()).isEqualTo(RecoveryPoint.Consistency.NON_CONSISTENT);
    assertThat(point.filtered()).isFalse();
    assertThat(point.deleteAfter()).contains(Instant.parse("2026-12-21T09:30:00.123Z"));
    assertThat(point.tags()).isEqualTo(Map.of("reason", "nightly"));
    assertThat(point.toolVersion()).isEqualTo("0.1.0");
    assertThat(point.ownsFolder()).isTrue();
  }

  @Test
  void writesTheSameFields() throws IOException {
    RecoveryPoint point = read("valid/record");

    assertThat(RecoveryPointParser.read(stored(RecoveryPointParser.write(point)))).isEqualTo(point);
  }

  @Test
  void readsWhatALaterMinorVersionAddedToAndItsOwnForms() {
    RecoveryPoint point = read("valid/record-of-a-later-minor-version");

    assertThat(point.startTime()).isEqualTo("2026-11-21T09:30:00.123Z");
    assertThat(point.deleteAfter()).isEmpty();
    assertThat(point.tags()).isEmpty();
    assertThat(point.ownsFolder()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refuses(String name) {
    boolean newer = name.equals("major-version-2");
    DynavaultException failure =
        failure(
            newer ? ErrorCode.FORMAT_UNSUPPORTED : ErrorCode.DAMAGED,
            () -> read("invalid/" + name));

    assertThat(failure).hasMessageContaining(FAULTS.get(name));
    assertThat(failure.getMessage()).contains(newer ? "record" : KEY).doesNotContain("nightly");
  }

  @Test
  void everyInvalidFileIsExpectedToFailInItsOwnWay() throws IOException {
    assertThat(invalid().collect(Collectors.toSet())).isEqualTo(Set.copyOf(FAULTS.keySet()));
  }

  private static Stream<String> invalid() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("invalid"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static RecoveryPoint read(String name) {
    try {
      return RecoveryPointParser.read(stored(Files.readAllBytes(FOLDER.resolve(name + ".json"))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StoredJson stored(byte[] content) {
    return new StoredJson(new ObjectInfo(KEY, content.length, Instant.EPOCH, "1"), content);
  }

  private static Path folder() {
    try {
      return Path.of(RecordGoldenTest.class.getResource("/golden/vault/1.0").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
