// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.TestingHolders;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyTest {
  private final TestingVault source = new TestingVault();
  private final CatalogEntry entry = source.commit("orders", "2026-11-21T00:00:00Z");
  private final RecoveryPoint point = entry.point();
  private final MemoryStore targetStore =
      MemoryStore.open(new StoreLocation.Memory("copy-" + UUID.randomUUID()), source.time);
  private final Vault target = createTarget(targetStore);
  private final StopSignal stop = new StopSignal();

  @Test
  void whatLiesAtAwsAndWindowsWithoutABaseAreRefusedAndNothingElse() {
    Instant start = Instant.parse("2026-11-21T06:00:00Z");
    CatalogEntry managed = source.commit(TestingPoints.onDemand("orders", start));
    CatalogEntry changes = source.commit(TestingPoints.incremental("users", start));
    CatalogEntry export = source.commit(TestingPoints.awsExport("events", start));

    CopyPlan plan =
        new CopyPlanner(source.vault, target)
            .plan(new CopyRequest(List.of(entry, managed, changes, export), Optional.empty(), 1));

    assertThat(plan.steps())
        .extracting(CopyPlan.Step::action)
        .containsExactly(
            CopyPlan.Action.COPY,
            CopyPlan.Action.REFUSE,
            CopyPlan.Action.REFUSE,
            CopyPlan.Action.COPY);
    assertThat(plan.steps().get(1).refusal().orElseThrow().code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(plan.steps().get(2).refusal().orElseThrow())
        .hasMessageContaining("neither a full export of");
  }

  @Test
  void filesOfAwsAreComparedByTheirMd5WhileTheyAreCopied() throws Exception {
    RecoveryPoint export = TestingPoints.awsExport("events", Instant.parse("2026-11-21T06:00:00Z"));
    CatalogEntry committed = source.commit(export);
    String data = export.export().dataFiles().get(0).key();
    byte[] flipped = TestingPoints.content(data);
    flipped[3] ^= 1;
    source.memory.put(data, flipped);

    assertThat(copyOf(committed).failure().orElseThrow().code()).isEqualTo(ErrorCode.DAMAGED);

    source.memory.put(data, TestingPoints.content(data));
    assertThat(succeeded(copyOf(committed)).filesCopied()).isPositive();
    assertThat(content(data)).isEqualTo(TestingPoints.content(data));
  }

  private Outcome<CopyResult> copyOf(CatalogEntry one) throws InterruptedException {
    CopyRequest request = new CopyRequest(List.of(one), Optional.empty(), 1);
    return run(target, new CopyPlanner(source.vault, target).plan(request));
  }

  @Test
  void theCopyHasTheSameRecordAndTheSameBytes() throws Exception {
    assertThat(succeeded(copy(target)).filesCopied()).isEqualTo(2);

    assertThat(target.catalog().list().entries())
        .extracting(CatalogEntry::point)
        .containsExactly(point);
    for (StoredFile file : point.files()) {
      assertThat(content(file.key())).isEqualTo(TestingPoints.content(file.key()));
    }
    String record = "recovery-points/orders/" + point.id() + ".json";
    assertThat(content(record))
        .isEqualTo(StoredJson.find(source.memory, record).orElseThrow().content());
    assertThat(keys("runs/")).isEmpty();
    assertThat(source.keys("locks/reading/")).isEmpty();
  }

  @Test
  void copyingAgainDoesNothing() throws Exception {
    copy(target);

    CopyResult again = succeeded(copy(target));

    assertThat(again.action()).isEqualTo(CopyPlan.Action.SKIP);
    assertThat(again.filesCopied()).isZero();
  }

  @Test
  void thePlanSaysWhatThereIsToDo() {
    CopyPlan plan = plan(target, Optional.empty());

    assertThat(plan.steps())
        .extracting(CopyPlan.Step::action)
        .containsExactly(CopyPlan.Action.COPY);
    assertThat(plan.bytes()).isEqualTo(point.storedBytes());
    assertThat(keys("runs/")).isEmpty();
  }

  @Test
  void aDamagedFileIsNotCopied() throws Exception {
    String key = point.files().get(0).key();
    byte[] content = TestingPoints.content(key);
    content[3] ^= 1;
    source.memory.put(key, content);

    DynavaultException failure = copy(target).failure().orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.DAMAGED);
    assertThat(failure)
        .hasMessage("unable to copy '" + key + "': its content is not what is recorded of it");
    assertThat(target.catalog().list().entries()).isEmpty();
    assertThat(keys(key)).isEmpty();
  }

  @Test
  void aCopyThatWasCutShortGoesOn() throws Exception {
    CallbackStore store = new CallbackStore(targetStore);
    store.beforeEachWrite(
        key -> {
          if (key.equals(point.files().get(1).key())) {
            throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the store is down");
          }
        });
    Outcome<CopyResult> first = copy(open(store));
    assertThat(first.failure().orElseThrow().code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(target.catalog().list().entries()).isEmpty();

    CopyResult second = succeeded(copy(target));

    assertThat(second.filesCopied()).isEqualTo(1);
    assertThat(target.catalog().list().entries()).hasSize(1);
    assertThat(keys("runs/")).isEmpty();
  }

  @Test
  void aCrashAtAnyStepLeavesNothingThatCanBeSeenAndIsMadeGood() throws Exception {
    for (int crashAt = 0; crashAt < 12; crashAt++) {
      MemoryStore fresh =
          MemoryStore.open(new StoreLocation.Memory("crash-" + UUID.randomUUID()), source.time);
      Vault whole = createTarget(fresh);
      CallbackStore store = new CallbackStore(fresh);
      int[] writes = {crashAt};
      store.beforeEachWrite(
          key -> {
            if (!key.startsWith("locks/") && writes[0]-- <= 0) {
              throw new DynavaultException(ErrorCode.STORE_FAILED, "killed");
            }
          });
      copy(open(store));
      for (CatalogEntry visible : whole.catalog().list().entries()) {
        visible.point().files().forEach(file -> assertThat(fresh.stat(file.key())).isPresent());
      }

      succeeded(copy(whole));

      assertThat(whole.catalog().list().entries()).as("crash at %s", crashAt).hasSize(1);
    }
  }

  @Test
  void theSourceIsProtectedWhileItIsCopied() throws Exception {
    CallbackStore store = new CallbackStore(targetStore);
    List<Integer> marks = new ArrayList<>();
    store.beforeEachWrite(
        key -> {
          if (key.startsWith("2026-")) {
            marks.add(source.keys("locks/reading/orders/" + point.id()).size());
          }
        });

    copy(open(store));

    assertThat(marks).containsExactly(1, 1);
  }

  @Test
  void aPointOfTheSameIdWithOtherFilesIsNotReplaced() throws Exception {
    TestingPoints.writeFiles(targetStore, point);
    RecoveryPoint fewer = TestingPoints.withFiles(point, point.files().subList(0, 1));
    try (var lease = target.leases().acquire(LeaseName.backup("orders"))) {
      target.commit(fewer, lease);
    }

    CopyPlan plan = plan(target, Optional.empty());
    assertThat(plan.steps().get(0).action()).isEqualTo(CopyPlan.Action.REFUSE);
    assertThat(copy(target).failure().orElseThrow().code())
        .isEqualTo(ErrorCode.RECOVERY_POINT_EXISTS);
    assertThat(target.catalog().list().entries().get(0).point()).isEqualTo(fewer);
  }

  @Test
  void theTargetsLockDecidesBeforeAnythingIsCopied() throws Exception {
    target.lockLog().lock(VaultLock.governance(7, OptionalInt.of(30)));

    assertThat(copy(target).failure().orElseThrow().code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(keys("2026-11-21/")).isEmpty();

    Instant until = Instant.parse("2026-12-01T00:00:00Z");
    CopyPlan plan = plan(target, Optional.of(until));
    run(target, plan);
    assertThat(target.catalog().list().entries().get(0).point().deleteAfter()).contains(until);
  }

  @Test
  void aStopKeepsWhatIsDone() {
    stop.request();

    failure(ErrorCode.INTERRUPTED, () -> copy(target));
    assertThat(target.catalog().list().entries()).isEmpty();
  }

  @Test
  void aVaultIsNotCopiedToItself() {
    failure(ErrorCode.USAGE, () -> new CopyPlanner(source.vault, source.on("other")));
  }

  @Test
  void whatIsBeingDeletedInTheTargetIsNotCopiedToIt() throws Exception {
    targetStore.put("deletions/orders/" + point.id() + ".json", RecoveryPointParser.write(point));

    DynavaultException failure = copy(target).failure().orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.LEASE_HELD);
    assertThat(failure.hint()).contains("dynavault gc");
    assertThat(keys("2026-11-21/")).isEmpty();
  }

  @Test
  void aCopyThatGcHasBegunToRemoveDoesNotGoOn() throws Exception {
    CallbackStore store = new CallbackStore(targetStore);
    store.beforeEachWrite(
        key -> {
          if (key.equals(point.files().get(1).key())) {
            throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the store is down");
          }
        });
    copy(open(store));
    target.runs().giveUp("orders", point.id());

    DynavaultException failure = copy(target).failure().orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.LEASE_HELD);
    assertThat(failure.hint()).contains("dynavault gc");
    assertThat(target.catalog().list().entries()).isEmpty();
  }

  @Test
  void aCopyWhoseJournalCannotBeRemovedIsMade() throws Exception {
    CallbackStore store =
        new CallbackStore(targetStore) {
          @Override
          public void delete(String key) {
            if (key.startsWith("runs/")) {
              throw new DynavaultException(ErrorCode.ACCESS_DENIED, "no right to delete");
            }
            super.delete(key);
          }
        };

    assertThat(succeeded(copy(open(store))).filesCopied()).isEqualTo(2);
    assertThat(target.catalog().list().entries()).hasSize(1);
  }

  /** A later minor version of the format may add fields. */
  @Test
  void whatWeDoNotUnderstandOfARecordIsCopiedToo() throws Exception {
    String key = "recovery-points/orders/" + point.id() + ".json";
    String known = new String(RecoveryPointParser.write(point), StandardCharsets.UTF_8);
    String later = known.substring(0, known.indexOf(",\"recordSha256\"")) + ",\"later\":[1]";
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(later.getBytes(StandardCharsets.UTF_8));
    String sealed = later + ",\"recordSha256\":\"" + HexFormat.of().formatHex(hash) + "\"}";
    source.memory.put(key, sealed.getBytes(StandardCharsets.UTF_8));

    succeeded(copy(target));

    assertThat(new String(content(key), StandardCharsets.UTF_8)).isEqualTo(sealed);
  }

  private Outcome<CopyResult> copy(Vault to) throws InterruptedException {
    return run(to, plan(to, Optional.empty()));
  }

  private CopyPlan plan(Vault to, Optional<Instant> deleteAfter) {
    return new CopyPlanner(source.vault, to).plan(new CopyRequest(List.of(entry), deleteAfter, 1));
  }

  private Outcome<CopyResult> run(Vault to, CopyPlan plan) throws InterruptedException {
    RunContext context =
        new RunContext(
            new Timing(source.time, source.time, new Random(1)),
            source.time,
            new Progress("copy"),
            stop);
    return new CopyRun(source.vault, to, context, "0.1.0").run(plan).get(0);
  }

  private static CopyResult succeeded(Outcome<CopyResult> outcome) {
    assertThat(outcome.failure()).isEmpty();
    return outcome.result().orElseThrow();
  }

  private Vault createTarget(ObjectStore store) {
    return Vault.create(
        store, source.vault.config(), TestingHolders.holder("copier"), source.settings());
  }

  private Vault open(ObjectStore store) {
    return Vault.open(store, TestingHolders.holder("copier"), source.settings());
  }

  private byte[] content(String key) {
    return StoredJson.find(targetStore, key).orElseThrow().content();
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    targetStore.list(prefix, info -> keys.add(info.key()));
    return keys;
  }
}
