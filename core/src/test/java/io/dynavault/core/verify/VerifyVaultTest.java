// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lies in a vault beside whole recovery points. */
class VerifyVaultTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"}}";

  private final TestingVault testing = new TestingVault();

  @Test
  void notesRunsThatHaveNotEnded() {
    TestingExport export = TestingExport.orders().file(A);
    RecoveryPoint point = export.store(testing.memory);
    testing.memory.delete(point.export().exportPrefix() + "/manifest-summary.json");
    testing.vault.runs().begin(TestingPoints.run(point));

    Finding finding = single();

    assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
    assertThat(finding.key()).isEqualTo(VaultKeys.runRecord("orders", point.id().value()));
    assertThat(finding.what())
        .isEqualTo("a run that has not ended: it runs now, or was interrupted and can go on");
    assertThat(finding.remedy()).contains("dynavault backup --table orders --resume");
  }

  @Test
  void notesARunThatGcHasGivenUp() {
    RecoveryPoint point = TestingExport.orders().file(A).store(testing.memory);
    testing.memory.delete(point.export().exportPrefix() + "/manifest-summary.json");
    testing.vault.runs().begin(TestingPoints.run(point));
    testing.vault.runs().giveUp("orders", point.id());

    Finding finding = single();

    assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
    assertThat(finding.what())
        .isEqualTo("a run that gc has given up: its files are being removed, it cannot go on");
    assertThat(finding.remedy()).startsWith("remove it with: dynavault gc --vault ");
  }

  @Test
  void notesTheJournalOfACommittedRun() {
    RecoveryPoint point = TestingExport.orders().file(A).commit(testing);
    testing.vault.runs().begin(TestingPoints.run(point));

    assertThat(single().what())
        .isEqualTo("the journal of a run that has committed its recovery point");
  }

  @Test
  void saysNothingOfARunThatEndsWhileItIsLookedAt() throws Exception {
    RecoveryPoint point = TestingExport.orders().file(A).store(testing.memory);
    RecoveryPointKey run = new RecoveryPointKey("orders", point.id().value());
    testing.vault.runs().begin(TestingPoints.run(point));
    ObjectStore ending =
        new CallbackStore(testing.memory) {
          @Override
          public ObjectDownload read(String key) {
            if (key.equals(VaultKeys.runRecord(run.table(), run.id()))) {
              testing.memory.delete(key);
            }
            return super.read(key);
          }
        };

    assertThat(new RunCheck(testing.on("verifier", ending), new SecondLook(ending)).check(run))
        .isEmpty();
  }

  @Test
  void warnsOfAJournalThatCannotBeRead() {
    RecoveryPoint point = TestingExport.orders().file(A).store(testing.memory);
    put(VaultKeys.runRecord("orders", point.id().value()), "{");

    assertThat(single().severity()).isEqualTo(Finding.Severity.WARNING);
  }

  @Test
  void notesDeletionsThatHaveNotEnded() {
    RecoveryPoint point = TestingExport.orders().file(A).store(testing.memory);
    testing.memory.put(
        VaultKeys.deletion("orders", point.id().value()), RecoveryPointParser.write(point));

    assertThat(single().what())
        .isEqualTo("a deletion that has not ended: it runs, or was cut short");
  }

  @Test
  void warnsOfAnExportWhoseRecordWasLost() {
    RecoveryPoint point = TestingExport.orders().file(A).commit(testing);
    testing.memory.delete(ObjectKeys.recoveryPoint("orders", point.id().value()));

    assertThat(single().key()).isEqualTo(point.export().exportPrefix());
    assertThat(single().severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(single().what()).contains("complete export without a record");
  }

  @Test
  @Tag("F8")
  void verifiesARecordThatTheListingLeftOut() {
    RecoveryPoint point = TestingExport.orders().file(A).commit(testing);
    testing.memory.delete(point.export().exportPrefix() + "/data/file0.json.gz");
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public void list(String prefix, Consumer<ObjectInfo> all) {
            if (!prefix.equals(ObjectKeys.recoveryPoints())) {
              super.list(prefix, all);
            }
          }
        };

    VerifyResult result = TestingExport.verify(testing.on("here", store), VerifyLevel.STRUCTURE);

    assertThat(result.exports()).hasSize(1);
    assertThat(result.sound()).isFalse();
  }

  @Test
  void leavesWhatIsNotItsOwnAlone() {
    put("README.md", "hello");
    put("2026-11-21/orders/AWSDynamoDB/my-own-export/manifest-summary.json", "{}");
    assertThat(TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE).findings()).isEmpty();
  }

  @Test
  void aRecoveryPointThatIsDeletedMeanwhileIsNotDamaged() {
    RecoveryPoint point = TestingExport.orders().file(A).commit(testing);
    DeletingStore store = new DeletingStore(testing, point);

    VerifyResult result = TestingExport.verify(testing.on("here", store), VerifyLevel.DATA);

    assertThat(result.sound()).isTrue();
    assertThat(result.findings())
        .extracting(Finding::what)
        .containsExactly("it was deleted while it was verified");
  }

  @Test
  void findsAGapInTheLogOfTheLock() {
    put("lock/00000002.json", "{}");
    assertThat(single().isError()).isTrue();
    assertThat(single().key()).isEqualTo("lock/");
  }

  /** Deletes the recovery point as soon as its record has been read. */
  private static final class DeletingStore extends CallbackStore {
    private final TestingVault testing;
    private final RecoveryPoint point;

    DeletingStore(TestingVault testing, RecoveryPoint point) {
      super(testing.memory);
      this.testing = testing;
      this.point = point;
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> all) {
      if (prefix.startsWith(point.export().exportPrefix())) {
        testing.memory.delete(ObjectKeys.recoveryPoint("orders", point.id().value()));
        testing.keys(prefix).forEach(testing.memory::delete);
      }
      super.list(prefix, all);
    }
  }

  private Finding single() {
    List<Finding> findings = TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE).findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private void put(String key, String content) {
    testing.memory.put(key, content.getBytes(StandardCharsets.UTF_8));
  }
}
