// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deletions while others do something, and by listings that leave something out. */
class DeleteRaceTest {
  private static final Hold HOLD =
      new Hold("audit", "ann@db1", Instant.parse("2026-11-21T09:30:00Z"));

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry entry = testing.commit("orders", "2026-11-21T00:00:00Z");
  private final RecoveryPoint point = entry.point();

  @Test
  void aRestoreThatBeginsWhileTheJournalIsWrittenWins() {
    CallbackStore store = new CallbackStore(testing.memory);
    store.afterPutIfAbsent(
        "deletions/orders/" + entry.id() + ".json",
        () ->
            testing.on("restorer").leases().mark(Mark.Kind.READING, "orders", entry.id().value()));

    failure(
        ErrorCode.LEASE_HELD,
        () -> new DeleteRun(testing.on("here", store), ManagedBackups.none()).delete(entry));
    assertUntouched();
  }

  /** A listing that is short once leaves nothing that nobody finds. */
  @Test
  @Tag("F8")
  void filesThatOneListingLeavesOutAreDeletedAllTheSame() throws Exception {
    testing.memory.put(point.export().exportPrefix() + "/data/stray.json.gz", new byte[5]);
    AtomicInteger listings = new AtomicInteger();
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public void list(String prefix, Consumer<ObjectInfo> consumer) {
            if (!prefix.startsWith(point.export().exportPrefix())
                || listings.incrementAndGet() > 1) {
              super.list(prefix, consumer);
            }
          }
        };

    new DeleteRun(testing.on("here", store), ManagedBackups.none()).delete(entry);

    assertThat(testing.keys(point.export().exportPrefix())).isEmpty();
  }

  /** F8: absence in a listing is no reason to delete. */
  @Test
  @Tag("F8")
  void aHoldThatListingsLeaveOutHolds() throws Exception {
    testing.vault.holds().hold("orders", entry.id(), HOLD);
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public void list(String prefix, Consumer<ObjectInfo> consumer) {
            if (!prefix.startsWith("holds/")) {
              super.list(prefix, consumer);
            }
          }
        };

    failure(
        ErrorCode.LOCKED,
        () -> new DeleteRun(testing.on("here", store), ManagedBackups.none()).delete(entry));
    assertUntouched();
  }

  /** F8, for files that another record names. */
  @Test
  @Tag("F8")
  void aRecordThatOneListingLeavesOutKeepsTheFilesItShares() throws Exception {
    RecoveryPoint again = TestingPoints.sameExport(point, Instant.parse("2026-11-22T00:00:00Z"));
    CatalogEntry second = testing.commit(again);
    for (int lie = 1; lie <= 4; lie++) {
      int wrong = lie;
      AtomicInteger listings = new AtomicInteger();
      CallbackStore store =
          new CallbackStore(testing.memory) {
            @Override
            public void list(String prefix, Consumer<ObjectInfo> consumer) {
              if (!prefix.startsWith("recovery-points/") || listings.incrementAndGet() != wrong) {
                super.list(prefix, consumer);
              }
            }
          };

      new DeleteRun(testing.on("here", store), ManagedBackups.none()).delete(second);

      assertThat(testing.keys(point.export().exportPrefix())).as("listing %d", lie).hasSize(2);
      testing.memory.put(
          "recovery-points/orders/" + second.id() + ".json", RecoveryPointParser.write(again));
    }
  }

  /** This process stands still; another one finishes the deletion and a copy brings it back. */
  @Test
  void aPointThatWasCopiedBackMeanwhileKeepsItsFiles() {
    assertKeepsItsFilesAfter(
        () -> {
          TestingPoints.writeFiles(testing.memory, point);
          testing.memory.put(record(), RecoveryPointParser.write(point));
        });
    assertThat(testing.vault.catalog().list().entries()).hasSize(1);
  }

  @Test
  void aDeletionThatAnotherProcessHasFinishedDeletesNothingMore() {
    assertKeepsItsFilesAfter(
        () -> {
          testing.memory.delete(journal());
          TestingPoints.writeFiles(testing.memory, point); // a copy that has begun
        });
  }

  private void assertKeepsItsFilesAfter(Runnable meanwhile) {
    testing.memory.put(journal(), RecoveryPointParser.write(point));
    testing.memory.delete(record());
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public void list(String prefix, Consumer<ObjectInfo> consumer) {
            super.list(prefix, consumer);
            if (prefix.startsWith("holds/")) {
              meanwhile.run();
            }
          }
        };
    StoredJson journal = StoredJson.find(testing.memory, journal()).orElseThrow();

    failure(
        ErrorCode.LEASE_LOST,
        () -> new DeleteRun(testing.on("slow", store), ManagedBackups.none()).finish(journal));
    assertThat(testing.keys(point.export().exportPrefix())).hasSize(2);
  }

  @Test
  void aPointThatIsGoneWhenTheJournalIsWrittenLeavesNoJournal() {
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforePutIfAbsent(journal(), () -> testing.memory.delete(record()));

    failure(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        () -> new DeleteRun(testing.on("slow", store), ManagedBackups.none()).delete(entry));
    assertThat(testing.keys("deletions/")).isEmpty();
    assertThat(testing.keys(point.export().exportPrefix())).hasSize(2);
  }

  private String journal() {
    return "deletions/orders/" + point.id() + ".json";
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
}
