// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.store.ObjectDownload;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shows G1 (atomic commit) and G5 (fencing). */
@Tag("G1")
class CommitTest {
  private static final Duration LONG = Duration.ofHours(30);

  private final TestingVault testing = new TestingVault();
  private final RecoveryPoint point = TestingPoints.point("orders", "2026-11-21T09:30:00Z");
  private final String record = "recovery-points/orders/" + point.id() + ".json";

  @Test
  void refusesAPointWhoseFileIsMissing() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    testing.memory.delete(point.files().get(0).key());

    failure(ErrorCode.DAMAGED, () -> testing.vault.commit(point, lease()));
    assertThat(testing.keys("recovery-points/")).isEmpty();
  }

  @Test
  void refusesAPointWhoseFileHasAnotherSize() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    testing.memory.put(point.files().get(0).key(), new byte[3]);

    failure(ErrorCode.DAMAGED, () -> testing.vault.commit(point, lease()));
    assertThat(testing.keys("recovery-points/")).isEmpty();
  }

  @Test
  void refusesAHolderThatWasReplaced() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    Lease slept = lease();
    testing.time.pass(LONG);
    testing.on("other").leases().acquire(LeaseName.backup("orders"));

    failure(ErrorCode.LEASE_LOST, () -> testing.vault.commit(point, slept));
    assertThat(testing.keys("recovery-points/")).isEmpty();
  }

  @Test
  void committingAgainIsTheSameCommit() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    Lease lease = lease();
    CatalogEntry first = testing.vault.commit(point, lease);
    testing.time.pass(Duration.ofSeconds(1));

    assertThat(testing.vault.commit(point, lease)).isEqualTo(first);
  }

  @Test
  void neverReplacesAnotherRecordOfTheSameId() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    Lease lease = lease();
    testing.vault.commit(TestingPoints.filtered(point), lease);

    failure(ErrorCode.LEASE_LOST, () -> testing.vault.commit(point, lease));
    assertThat(testing.vault.catalog().get("orders", point.id()).orElseThrow().point().filtered())
        .isTrue();
  }

  @Test
  void aPutWhoseAnswerWasLostIsACommit() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    CallbackStore store = new CallbackStore(testing.memory);
    store.afterPutIfAbsent(
        record,
        () -> {
          throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the answer was lost");
        });

    assertThat(testing.on("here", store).commit(point, lease()).point()).isEqualTo(point);
  }

  @Test
  void aPutThatFailedIsReported() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforePutIfAbsent(
        record,
        () -> {
          throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the store is down");
        });

    failure(ErrorCode.SERVICE_UNAVAILABLE, () -> testing.on("here", store).commit(point, lease()));
    assertThat(testing.keys("recovery-points/")).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadBackMayExist() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public ObjectDownload read(String key) {
            if (key.equals(record)) {
              throw new DynavaultException(ErrorCode.STORE_FAILED, "the network is gone");
            }
            return super.read(key);
          }
        };

    failure(ErrorCode.OUTCOME_UNKNOWN, () -> testing.on("here", store).commit(point, lease()));
    assertThat(testing.keys("recovery-points/")).containsExactly(record);
  }

  /** The laptop's lid was closed between the proof of the lease and the put of the record. */
  @Test
  void aRecordWhoseFilesWereCollectedMeanwhileIsTakenBack() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforePutIfAbsent(
        record,
        () -> {
          testing.time.pass(LONG);
          testing.keys(point.export().exportPrefix()).forEach(testing.memory::delete);
        });

    failure(ErrorCode.LEASE_LOST, () -> testing.on("here", store).commit(point, lease()));
    assertThat(testing.keys("recovery-points/")).isEmpty();
  }

  @Test
  void aLateRecordWhoseFilesAreAllThereStays() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforePutIfAbsent(record, () -> testing.time.pass(LONG));

    testing.on("here", store).commit(point, lease());

    assertThat(testing.keys("recovery-points/")).containsExactly(record);
  }

  @Test
  void refusesALifecycleThatTheVaultLockForbids() throws Exception {
    TestingPoints.writeFiles(testing.memory, point);
    testing.vault.lockLog().lock(VaultLock.governance(7, OptionalInt.of(30)));
    Lease lease = lease();

    failure(ErrorCode.LOCKED, () -> testing.vault.commit(point, lease));
    failure(ErrorCode.LOCKED, () -> testing.vault.commit(lasting(6), lease));
    failure(ErrorCode.LOCKED, () -> testing.vault.commit(lasting(31), lease));
    testing.vault.commit(lasting(30), lease);
  }

  private RecoveryPoint lasting(int days) {
    return TestingPoints.withDeleteAfter(point, point.startTime().plus(Duration.ofDays(days)));
  }

  private Lease lease() throws InterruptedException {
    return testing.vault.leases().acquire(LeaseName.backup("orders"));
  }
}
