// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.lease.TestingHolders;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.FullStore;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeleteRunTest {
  private static final OptionalInt NO_MAX = OptionalInt.empty();

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry entry = testing.commit("orders", "2026-11-21T00:00:00Z");
  private final RecoveryPoint point = entry.point();

  @Test
  void leavesNothingOfTheRecoveryPointAndEverythingOfTheOthers() throws Exception {
    CatalogEntry other = testing.commit("orders", "2026-11-20T00:00:00Z");
    testing.memory.put(point.export().exportPrefix() + "/data/unfinished.json.gz", new byte[5]);
    testing.vault.holds().hold("orders", entry.id(), hold());
    testing.vault.holds().release("orders", entry.id(), hold());

    new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry);

    assertThat(testing.vault.catalog().list().entries()).containsExactly(other);
    assertThat(testing.keys("")).noneMatch(key -> key.contains(point.id().value()));
    assertThat(testing.keys(other.point().export().exportPrefix())).hasSize(2);
  }

  @Test
  void deletesTheRecordBeforeAnyFile() throws Exception {
    CallbackStore store = new CallbackStore(testing.memory);
    List<String> order = new ArrayList<>();
    store.beforeEachWrite(order::add);

    new DeleteRun(testing.on("here", store), ManagedBackups.none()).delete(entry);

    order.removeIf(key -> key.startsWith("locks/"));
    String id = point.id().value();
    assertThat(order)
        .containsExactly(
            "deletions/orders/" + id + ".json",
            "recovery-points/orders/" + id + ".json",
            point.export().exportPrefix() + "/data/5gqyj5kq2i7xvpzj4w6n3c2l4e.json.gz",
            point.export().exportPrefix() + "/manifest-summary.json",
            "deletions/orders/" + id + ".json");
  }

  @Test
  @Tag("F4")
  void roomIsMadeOnAFullDiskForTheNotesOfADeletion() throws Exception {
    FullStore full = new FullStore(testing.memory);

    new DeleteRun(testing.on("here", full), ManagedBackups.none()).delete(entry);

    assertThat(full.hasMadeRoom()).isTrue();
    assertThat(testing.keys("")).noneMatch(key -> key.contains(point.id().value()));
  }

  @Test
  @Tag("F4")
  void aFullDiskWithoutReserveSaysWhatToDo() {
    FullStore empty = new FullStore(new FullStore(testing.memory));
    empty.makeRoom(); // of the two only the inner one is full now, and nobody asks it

    DynavaultException refused =
        failure(
            ErrorCode.STORE_FULL,
            () -> new DeleteRun(testing.on("here", empty), ManagedBackups.none()).delete(entry));

    assertThat(refused.hint()).contains("free some 100 KB");
    assertUntouched();
  }

  @Test
  void aLockedVaultSaysUntilWhen() throws Exception {
    testing.vault.lockLog().lock(VaultLock.governance(7, NO_MAX));

    assertThat(
            failure(
                ErrorCode.LOCKED,
                () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry)))
        .hasMessage(
            "unable to delete recovery point '"
                + point.id()
                + "' of table 'orders': it is locked until 2026-11-28T09:30:00Z");
    assertUntouched();

    testing.time.pass(Duration.ofDays(7));
    new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry);
    assertThat(testing.vault.catalog().list().entries()).isEmpty();
  }

  @Test
  @Tag("F24")
  void settingOneClockForwardDoesNotOpenALock() {
    testing.vault.lockLog().lock(VaultLock.governance(7, NO_MAX));
    Vault skewed =
        Vault.open(
            testing.memory,
            TestingHolders.holder("attacker"),
            new LeaseSettings(
                Duration.ofSeconds(30),
                () -> Instant.parse("2036-01-01T00:00:00Z"),
                testing.time,
                testing.time,
                ProcessProbe.none()));

    failure(ErrorCode.LOCKED, () -> new DeleteRun(skewed, ManagedBackups.none()).delete(entry));
    assertUntouched();
  }

  @Test
  void aHeldPointSaysByWhomAndWhy() throws Exception {
    testing.vault.holds().hold("orders", entry.id(), hold());

    assertThat(
            failure(
                ErrorCode.LOCKED,
                () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry)))
        .hasMessageEndingWith("it is held by ann@db1: audit");
    assertUntouched();
  }

  @Test
  void aHoldThatCannotBeReadHolds() {
    testing.memory.put("holds/orders/" + entry.id() + "/00000001.json", new byte[] {'?'});

    failure(
        ErrorCode.LOCKED, () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry));
    assertUntouched();
  }

  /** F2: a restore in flight does not lose its files. */
  @Test
  @Tag("F2")
  void aPointThatARestoreReadsIsNotDeleted() throws Exception {
    Mark reading = testing.on("restorer").protect(point);

    assertThat(
            failure(
                ErrorCode.LEASE_HELD,
                () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry)))
        .hasMessageEndingWith("it is read by backup (host restorer, process 42)");
    assertUntouched();

    reading.close();
    new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry);
  }

  @Test
  void aRestoreThatDiedHoldsNothingUp() throws Exception {
    testing.on("restorer").protect(point);
    testing.time.pass(Duration.ofMinutes(2));

    new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry);

    assertThat(testing.vault.catalog().list().entries()).isEmpty();
  }

  @Test
  void aDeletedPointCannotBeDeletedAgain() throws Exception {
    new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry);

    failure(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry));
    assertThat(testing.keys("deletions/")).isEmpty();
  }

  /** Dies before every single write in turn; afterwards all is there or the journal finishes it. */
  @Test
  void aCrashAtAnyStepLeavesThePointWholeOrAJournalThatFinishesIt() throws Exception {
    for (int crashAt = 0; crashAt < 12; crashAt++) {
      TestingVault fresh = new TestingVault();
      CatalogEntry doomed = fresh.commit("orders", "2026-11-21T00:00:00Z");
      boolean crashed = deleteCrashingAt(fresh, doomed, crashAt);
      boolean exists = fresh.vault.catalog().exists("orders", doomed.id());
      if (exists) {
        assertThat(fresh.keys(doomed.point().export().exportPrefix()))
            .as("crash at %s", crashAt)
            .hasSize(2);
        assertThat(fresh.vault.catalog().list().entries()).containsExactly(doomed);
      } else if (crashed) {
        for (String journal : fresh.keys("deletions/")) {
          new DeleteRun(fresh.vault, ManagedBackups.none())
              .finish(StoredJson.find(fresh.memory, journal).orElseThrow());
        }
        assertThat(fresh.keys("2026-11-21/")).as("crash at %s", crashAt).isEmpty();
        assertThat(fresh.keys("deletions/")).isEmpty();
      }
    }
  }

  private static boolean deleteCrashingAt(TestingVault fresh, CatalogEntry doomed, int crashAt)
      throws InterruptedException {
    CallbackStore store = new CallbackStore(fresh.memory);
    int[] writes = {0};
    store.beforeEachWrite(
        key -> {
          if (writes[0]++ >= crashAt) {
            throw new DynavaultException(ErrorCode.INTERRUPTED, "killed");
          }
        });
    try {
      new DeleteRun(fresh.on("here", store), ManagedBackups.none()).delete(doomed);
      return false;
    } catch (DynavaultException e) {
      return true;
    }
  }

  @Test
  void theJournalOfALivingPointDeletesNothing() {
    testing.memory.put(
        "deletions/orders/" + entry.id() + ".json", RecoveryPointParser.write(point));
    StoredJson journal =
        StoredJson.find(testing.memory, "deletions/orders/" + entry.id() + ".json").orElseThrow();

    failure(
        ErrorCode.BUG, () -> new DeleteRun(testing.vault, ManagedBackups.none()).finish(journal));
    assertThat(testing.keys(point.export().exportPrefix())).hasSize(2);
  }

  @Test
  void filesThatCannotBeDeletedAreReported() {
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforeEachWrite(
        key -> {
          if (key.startsWith("2026-11-21/")) {
            throw new DynavaultException(ErrorCode.ACCESS_DENIED, "no right to delete " + key);
          }
        });

    DynavaultException failure =
        failure(
            ErrorCode.INCOMPLETE,
            () -> new DeleteRun(testing.on("here", store), ManagedBackups.none()).delete(entry));
    assertThat(failure.hint()).isEqualTo("remove the rest with: dynavault gc");
    assertThat(testing.keys("deletions/")).hasSize(1);
  }

  @Test
  void thePlanSaysWhatWouldBeRefused() throws Exception {
    CatalogEntry other = testing.commit("orders", "2026-11-20T00:00:00Z");
    testing.vault.holds().hold("orders", entry.id(), hold());

    DeletePlan plan = new DeletePlanner(testing.vault).plan(List.of(entry, other));

    assertThat(plan.steps()).extracting(DeletePlan.Step::isRefused).containsExactly(true, false);
    assertThat(plan.storedBytes()).isEqualTo(other.point().storedBytes());
    assertUntouched();
  }

  @Test
  @Tag("F6")
  void anExportThatTwoRecordsShareStaysForTheOther() throws Exception {
    RecoveryPoint again = TestingPoints.sameExport(point, Instant.parse("2026-11-22T00:00:00Z"));
    CatalogEntry second = testing.commit(again);

    new DeleteRun(testing.vault, ManagedBackups.none()).delete(second);

    assertThat(testing.keys(point.export().exportPrefix())).hasSize(2);
    assertThat(testing.vault.catalog().list().entries()).containsExactly(entry);
  }

  /** Else whoever resumes the run would make the recovery point once more, of today's items. */
  @Test
  @Tag("F5")
  void theJournalThatACommittedRunHasLeftGoesFirst() throws Exception {
    RunJournal journal = testing.vault.runs().begin(TestingPoints.run(point));
    journal.finished("one", JsonNodeFactory.instance.objectNode());

    new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry);

    assertThat(testing.vault.runs().unfinished("orders")).isEmpty();
    assertThat(testing.keys("runs/")).isEmpty();
  }

  @Test
  void anExportThatAnUnreadableRecordMayShareIsNotDeleted() {
    CatalogEntry second =
        testing.commit(TestingPoints.sameExport(point, Instant.parse("2026-11-22T00:00:00Z")));
    testing.memory.put(record(), new byte[] {'?'});

    assertThat(
            failure(
                ErrorCode.DAMAGED,
                () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(second)))
        .hasMessageContaining(point.id().value());
    assertThat(testing.keys(point.export().exportPrefix())).hasSize(2);
    assertThat(testing.vault.catalog().list().entries()).containsExactly(second);
    assertThat(testing.keys("deletions/")).isEmpty();
  }

  private String record() {
    return "recovery-points/orders/" + point.id() + ".json";
  }

  private void assertUntouched() {
    assertThat(testing.vault.catalog().list().entries()).contains(entry);
    assertThat(testing.keys(point.export().exportPrefix())).hasSize(2);
    assertThat(testing.keys("deletions/")).isEmpty();
    assertThat(testing.keys("locks/deleting/")).isEmpty();
  }

  private static Hold hold() {
    return new Hold("audit", "ann@db1", Instant.parse("2026-11-21T09:30:00Z"));
  }
}
