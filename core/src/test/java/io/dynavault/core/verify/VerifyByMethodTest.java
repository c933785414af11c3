// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.managed.ManagedBackupState.Status;
import io.dynavault.core.managed.TestingBackups;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What only AWS reads back, and changes that AWS wrote. */
class VerifyByMethodTest {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
  private static final String CHANGES =
      """
      {"Metadata":{"WriteTimestampMicros":{"N":"1795250000000000"}},"Keys":{"pk":{"S":"a"}}}
      {"Metadata":{"WriteTimestampMicros":{"N":"1795250000000001"}},"Keys":{"pk":{"S":"b"}}}
      """;

  private final TestingVault testing = new TestingVault();
  private final TestingBackups backups = new TestingBackups();

  @Test
  void aManagedBackupIsSoundWhileAwsHasIt() throws InterruptedException {
    RecoveryPoint point = testing.commit(TestingPoints.onDemand("orders", START)).point();

    VerifyResult result = verify();

    assertThat(result.findings()).isEmpty();
    assertThat(result.exports()).hasSize(1);
    assertThat(result.exports().get(0).recoveryPoint()).contains(point);
  }

  @Test
  void aManagedBackupThatAwsHasLostIsAnError() throws InterruptedException {
    RecoveryPoint point = testing.commit(TestingPoints.onDemand("orders", START)).point();
    backups.set(point, Status.ABSENT);

    VerifyResult result = verify();

    assertThat(result.sound()).isFalse();
    assertThat(result.findings())
        .extracting(Finding::what)
        .containsExactly("AWS does not have it any more");
  }

  @Test
  void oneInTheMakingIsWorthAWarning() throws InterruptedException {
    backups.set(testing.commit(TestingPoints.onDemand("orders", START)).point(), Status.CREATING);

    VerifyResult result = verify();

    assertThat(result.sound()).isTrue();
    assertThat(result.count(Finding.Severity.WARNING)).isEqualTo(1);
  }

  @Test
  void changesAreReadLineByLine() throws InterruptedException {
    commitChanges(CHANGES, 2);

    VerifyResult result = verify();

    assertThat(result.findings()).isEmpty();
    assertThat(result.exports().get(0).filesRead()).isEqualTo(1);
    assertThat(result.exports().get(0).items()).isEqualTo(2);
  }

  @Test
  void aChangedByteInThemIsFoundByTheMd5() throws InterruptedException {
    StoredExport export = commitChanges(CHANGES, 2);
    String data = export.dataFiles().get(0).key();
    testing.memory.put(data, CHANGES.replace("\"b\"", "\"c\"").getBytes(UTF_8));

    assertThat(verify().findings())
        .extracting(Finding::key, Finding::what)
        .hasSize(1)
        .allSatisfy(found -> assertThat(found.toList().get(0)).isEqualTo(data))
        .allSatisfy(found -> assertThat((String) found.toList().get(1)).startsWith("its MD5 is"));
  }

  @Test
  void aLineThatIsNoChangeIsFound() throws InterruptedException {
    commitChanges(CHANGES + "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n", 3);

    assertThat(verify().findings())
        .hasSize(1)
        .allSatisfy(found -> assertThat(found.line()).hasValue(3))
        .allSatisfy(
            found -> assertThat(found.what()).contains("an item of a full export, not a change"));
  }

  @Test
  void aMissingFileOfThemIsFound() throws InterruptedException {
    StoredExport export = commitChanges(CHANGES, 2);
    testing.memory.delete(export.dataFiles().get(0).key());

    assertThat(verify().findings())
        .extracting(Finding::what)
        .containsExactly("the file is missing");
  }

  @Test
  void fewerChangesThanTheManifestSaysAreFound() throws InterruptedException {
    commitChanges(CHANGES, 3);

    assertThat(verify().findings())
        .extracting(Finding::what)
        .containsExactly("it has 2 items instead of 3");
  }

  private VerifyResult verify() throws InterruptedException {
    VerifyRequest request =
        VerifyRequest.of(new VerifyTarget.WholeVault(testing.vault), VerifyLevel.DATA, 1);
    return new VerifyRun(request, TestingExport.context(), backups).run();
  }

  /** An export as AWS writes it, of one data file that is not compressed. */
  private StoredExport commitChanges(String lines, long count) {
    RecoveryPoint template = TestingPoints.incremental("orders", START);
    String folder = template.export().exportPrefix();
    String data = "exports/AWSDynamoDB/data/abcdefghijklmnopqrstuvwxyz.json";
    Checksum md5 = Checksum.Algorithm.MD5.of(lines.getBytes(UTF_8));
    testing.memory.put(data, lines.getBytes(UTF_8));
    List<StoredFile> files =
        new ArrayList<>(List.of(new StoredFile(data, lines.getBytes(UTF_8).length, md5, count)));
    String manifest =
        """
        {"itemCount":%d,"md5Checksum":"%s","etag":"0-1","dataFileS3Key":"%s"}
        """
            .formatted(count, md5.value(), data);
    files.add(put(folder + "/manifest-files.json", manifest));
    files.add(put(folder + "/manifest-files.md5", md5(manifest)));
    String summary = summary(template, folder, count);
    files.add(put(folder + "/manifest-summary.json", summary));
    files.add(put(folder + "/manifest-summary.md5", md5(summary)));
    Optional<ExportWindow> window =
        Optional.of(new ExportWindow(START.minusSeconds(3600), START, ExportView.NEW_IMAGE));
    StoredExport export =
        new StoredExport(
            folder, OutputFormat.DYNAMODB_JSON, Compression.NONE, count, 10_000_000, files, window);
    commit(template, export);
    return export;
  }

  private void commit(RecoveryPoint template, StoredExport export) {
    RecoveryPoint point =
        new RecoveryPoint(
            template.id(),
            template.method(),
            template.table(),
            template.startTime(),
            template.endTime(),
            export,
            template.consistency(),
            false,
            Optional.empty(),
            template.tags(),
            template.toolVersion());
    testing.commitRecord(point);
  }

  private static String summary(RecoveryPoint point, String folder, long count) {
    return """
    {"version":"2023-08-01","exportArn":"%s/export/%s","startTime":"2026-11-21T09:30:00.000Z",\
    "endTime":"2026-11-21T09:35:00.000Z","tableArn":"%s","tableId":"%s",\
    "exportFromTime":"2026-11-21T08:30:00.000Z","exportToTime":"2026-11-21T09:30:00.000Z",\
    "s3Bucket":"acme","s3Prefix":"exports","s3SseAlgorithm":"AES256","s3SseKmsKeyId":null,\
    "manifestFilesS3Key":"%s/manifest-files.json","billedSizeBytes":10000000,"itemCount":%d,\
    "outputFormat":"DYNAMODB_JSON","outputView":"NEW_IMAGE","exportType":"INCREMENTAL_EXPORT"}\
    """
        .formatted(
            point.table().tableArn(),
            point.id(),
            point.table().tableArn(),
            point.table().tableId(),
            folder,
            count);
  }

  private static String md5(String text) {
    return Checksum.Algorithm.MD5.of(text.getBytes(UTF_8)).value();
  }

  private StoredFile put(String key, String text) {
    byte[] content = text.getBytes(UTF_8);
    testing.memory.put(key, content);
    return new StoredFile(key, content.length, Checksum.Algorithm.SHA256.of(content), 0);
  }
}
