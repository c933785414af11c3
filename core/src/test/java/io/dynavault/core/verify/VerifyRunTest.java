// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportManifests;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ObjectKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyRunTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";
  private static final String C = "{\"pk\":{\"S\":\"c\"}}";

  private final TestingVault testing = new TestingVault();

  @ParameterizedTest
  @EnumSource
  @Tag("G2")
  void findsNothingInACleanVault(VerifyLevel level) {
    for (OutputFormat format : OutputFormat.values()) {
      for (Compression compression : Compression.values()) {
        String table = format + "-" + compression;
        new TestingExport(table, TestingExport.START, format, compression)
            .file(A, B)
            .file()
            .file(C)
            .commit(testing);
      }
    }

    VerifyResult result = TestingExport.verify(testing.vault, level);

    assertThat(result.findings()).isEmpty();
    assertThat(result.sound()).isTrue();
    assertThat(result.repeatedReads()).isZero();
    assertThat(result.exports()).hasSize(6);
    boolean reads = level != VerifyLevel.STRUCTURE;
    for (VerifiedExport export : result.exports()) {
      assertThat(export.dataFiles()).isEqualTo(3);
      assertThat(export.filesRead()).isEqualTo(reads ? 3 : 0);
      assertThat(export.items()).isEqualTo(level == VerifyLevel.DATA ? 3 : 0);
      assertThat(export.bytesRead() > 0).isEqualTo(reads);
    }
  }

  @Test
  void findsNothingInAnEmptyVault() {
    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.DATA);
    assertThat(result.exports()).isEmpty();
    assertThat(result.sound()).isTrue();
  }

  @Test
  void saysWhatIsWrongWithEachOfSeveralDamagedFiles() {
    RecoveryPoint point = TestingExport.orders().file(A).file(B).file(C).file().commit(testing);
    String folder = point.export().exportPrefix();
    testing.memory.delete(folder + "/data/file0.json.gz");
    truncate(folder + "/data/file1.json.gz", 10);
    byte[] third = content(folder + "/data/file2.json.gz");
    third[third.length - 1] ^= 1;
    testing.memory.put(folder + "/data/file2.json.gz", third);
    testing.memory.delete(folder + "/manifest-files.md5");

    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.CHECKSUMS);

    assertThat(result.sound()).isFalse();
    assertThat(result.findings())
        .extracting(Finding::key)
        .containsExactly(
            folder + "/data/file0.json.gz",
            folder + "/data/file1.json.gz",
            folder + "/data/file2.json.gz",
            folder + "/manifest-files.md5");
    assertThat(result.findings().get(0).what()).isEqualTo("the file is missing");
    assertThat(result.findings().get(1).what()).startsWith("the file has 10 bytes, in the record ");
    assertThat(result.findings().get(2).what()).startsWith("its SHA-256 is ");
    assertThat(result.findings()).allSatisfy(f -> assertThat(f.remedy()).contains("orders"));
    assertThat(result.exports().get(0).filesRead()).isEqualTo(2);
    assertThat(result.repeatedReads()).as("looked damaged, and was").isZero();
  }

  @Test
  void damageOfOneRecoveryPointHidesNoOther() {
    RecoveryPoint first = TestingExport.orders().file(A).commit(testing);
    TestingExport laterExport =
        new TestingExport(
            "orders", "2026-11-22T09:30:00Z", OutputFormat.DYNAMODB_JSON, Compression.GZIP);
    RecoveryPoint later = laterExport.file(A).commit(testing);
    RecoveryPoint users =
        new TestingExport("users", TestingExport.START, OutputFormat.ION, Compression.ZSTD)
            .file(A)
            .commit(testing);
    String record = ObjectKeys.recoveryPoint("orders", first.id().value());
    testing.memory.put(record, "{".getBytes(StandardCharsets.UTF_8));
    testing.memory.delete(later.export().exportPrefix() + "/data/file0.json.gz");

    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.DATA);

    assertThat(result.vaultFindings()).extracting(Finding::key).containsExactly(record);
    assertThat(result.exports())
        .extracting(VerifiedExport::folder)
        .containsExactly(later.export().exportPrefix(), users.export().exportPrefix());
    assertThat(result.exports()).extracting(VerifiedExport::sound).containsExactly(false, true);
  }

  @Test
  @Tag("G2")
  void findsFilesThatWereSwapped() {
    RecoveryPoint point = TestingExport.orders().file(B).file(C).commit(testing);
    String one = point.export().exportPrefix() + "/data/file0.json.gz";
    String other = point.export().exportPrefix() + "/data/file1.json.gz";
    byte[] content = content(one);
    testing.memory.put(one, content(other));
    testing.memory.put(other, content);

    for (VerifyLevel level : List.of(VerifyLevel.CHECKSUMS, VerifyLevel.DATA)) {
      assertThat(TestingExport.verify(testing.vault, level).findings())
          .filteredOn(Finding::isError)
          .extracting(Finding::key)
          .containsExactly(one, other);
    }
  }

  @Test
  @Tag("G2")
  void findsAManifestThatWasEditedAndGivenItsNewChecksum() {
    TestingExport export = TestingExport.orders().file(A, B).file(C);
    RecoveryPoint point = export.commit(testing);
    TestingExport edited = TestingExport.orders().file(A, B);
    ExportManifests.of(edited.layout(), edited.summary(), edited.dataFiles())
        .forEach(object -> testing.memory.put(object.key(), object.content()));

    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE);

    assertThat(result.findings())
        .filteredOn(Finding::isError)
        .extracting(Finding::key)
        .contains(point.export().exportPrefix() + "/manifest-files.json");
  }

  @Test
  void findsAManifestThatWasWrongFromTheBeginning() {
    TestingExport export = TestingExport.orders().file(A, B).file(C);
    export.dataFiles().remove(1); // the record names it, the manifest does not
    RecoveryPoint point = export.commit(testing);

    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE);

    assertThat(result.findings())
        .extracting(Finding::what)
        .contains(
            "it does not list '"
                + point.export().exportPrefix()
                + "/data/file1.json.gz', which the record names",
            "it says 2 items, the record 3");
  }

  @Test
  void namesFilesThatWereAdded() {
    RecoveryPoint point = TestingExport.orders().file(A).commit(testing);
    String added = point.export().exportPrefix() + "/data/added.json.gz";
    testing.memory.put(added, content(point.export().exportPrefix() + "/data/file0.json.gz"));

    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE);

    assertThat(result.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.key()).isEqualTo(added);
              assertThat(finding.remedy()).contains("dynavault gc --vault mem:");
            });
    assertThat(result.sound()).isTrue();
  }

  @Test
  @Tag("G3")
  void aReadThatFailsOnceIsNoDamage() throws Exception {
    RecoveryPoint point = TestingExport.orders().file(A, B).file(C).file().commit(testing);
    for (VerifyLevel level : VerifyLevel.values()) {
      FlakyStore flaky = new FlakyStore(testing.memory, 1);
      flaky.read("vault.json").close();
      var vault = testing.on("here", flaky);

      VerifyResult one =
          TestingExport.verify(new VerifyTarget.OnePoint(vault, "orders", point.id()), level);
      assertThat(one.findings()).as("level %s", level).isEmpty();
      assertThat(one.exports()).hasSize(1);
      assertThat(one.repeatedReads()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  @Tag("G3")
  void aBareExportWhoseReadsFailOnceIsNotDamaged() {
    RecoveryPoint point = TestingExport.orders().file(A, B).file(C).store(testing.memory);
    FlakyStore flaky = new FlakyStore(testing.memory, 1);

    VerifyResult result =
        TestingExport.verify(bare(flaky, point.export().exportPrefix()), VerifyLevel.DATA);

    assertThat(result.findings()).isEmpty();
    assertThat(result.exports().get(0).items()).isEqualTo(3);
  }

  @Test
  void aStoreThatAlwaysLiesIsFoundOut() throws Exception {
    RecoveryPoint point = TestingExport.orders().file(A, B).commit(testing);
    FlakyStore broken = new FlakyStore(testing.memory, Integer.MAX_VALUE);
    var id = new VerifyTarget.BareExport(broken, point.export().exportPrefix(), Optional.empty());

    failure(ErrorCode.EXPORT_NOT_FOUND, () -> TestingExport.verify(id, VerifyLevel.STRUCTURE));
  }

  @Test
  void verifiesOneTableOrOneRecoveryPoint() {
    RecoveryPoint orders = TestingExport.orders().file(A).commit(testing);
    RecoveryPoint users =
        new TestingExport(
                "users", TestingExport.START, OutputFormat.DYNAMODB_JSON, Compression.GZIP)
            .file(A)
            .commit(testing);
    testing.memory.delete(orders.export().exportPrefix() + "/data/file0.json.gz");

    assertThat(verifyTable("users").sound()).isTrue();
    assertThat(verifyTable("orders").sound()).isFalse();
    assertThat(verifyPoint("users", users.id()).sound()).isTrue();
    assertThat(verifyPoint("orders", orders.id()).sound()).isFalse();
  }

  @Test
  void whatDoesNotExistIsNotSound() {
    RecoveryPoint orders = TestingExport.orders().file(A).commit(testing);
    failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> verifyTable("users"));
    failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> verifyPoint("users", orders.id()));
    failure(
        ErrorCode.EXPORT_NOT_FOUND,
        () -> TestingExport.verify(bare(testing.memory, "elsewhere"), VerifyLevel.STRUCTURE));
  }

  @Test
  void readsASampleOfTheFiles() throws Exception {
    TestingExport export = TestingExport.orders();
    for (int file = 0; file < 20; file++) {
      export.file("{\"pk\":{\"S\":\"" + file + "\"}}");
    }
    RecoveryPoint point = export.commit(testing);
    VerifyTarget target = new VerifyTarget.OnePoint(testing.vault, "orders", point.id());
    VerifyRequest request = new VerifyRequest(target, VerifyLevel.DATA, 12, 2);

    VerifyResult result =
        new VerifyRun(request, TestingExport.context(), ManagedBackups.none()).run();

    assertThat(result.findings()).isEmpty();
    assertThat(result.exports().get(0).dataFiles()).isEqualTo(20);
    assertThat(result.exports().get(0).filesRead()).isEqualTo(3);
    assertThat(result.exports().get(0).items()).isEqualTo(3);
  }

  @Test
  void stopsWhenAsked() {
    TestingExport.orders().file(A).commit(testing);
    StopSignal stop = new StopSignal();
    stop.request();
    RunContext context = RunContext.system("test", stop);
    failure(
        ErrorCode.INTERRUPTED,
        () ->
            TestingExport.verify(
                new VerifyTarget.WholeVault(testing.vault), VerifyLevel.DATA, context));
  }

  @Test
  void showsItsProgress() {
    TestingExport.orders().file(A, B).file(C).commit(testing);
    RunContext context = TestingExport.context();

    TestingExport.verify(new VerifyTarget.WholeVault(testing.vault), VerifyLevel.DATA, context);

    var snapshot = context.progress().snapshot();
    assertThat(snapshot.expectedItems()).isEqualTo(3);
    assertThat(snapshot.items()).isEqualTo(3);
    // pk and one letter: 3 bytes; n and the number 1: 1 + 2 bytes
    assertThat(snapshot.bytes()).isEqualTo(3 + 3 + 3 + 3);
    assertThat(snapshot.storedBytes()).isPositive();
  }

  private VerifyResult verifyTable(String table) {
    return TestingExport.verify(
        new VerifyTarget.OneTable(testing.vault, table), VerifyLevel.CHECKSUMS);
  }

  private VerifyResult verifyPoint(String table, RecoveryPointId id) {
    return TestingExport.verify(
        new VerifyTarget.OnePoint(testing.vault, table, id), VerifyLevel.CHECKSUMS);
  }

  private static VerifyTarget bare(ObjectStore store, String location) {
    return new VerifyTarget.BareExport(store, location, Optional.empty());
  }

  private void truncate(String key, int length) {
    testing.memory.put(key, Arrays.copyOf(content(key), length));
  }

  private byte[] content(String key) {
    try (InputStream in = testing.memory.read(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
