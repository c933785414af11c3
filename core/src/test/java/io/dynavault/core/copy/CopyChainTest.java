// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.copy.CopyPlan.Action;
import io.dynavault.core.copy.CopyPlan.Choice;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.TestingHolders;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A full export of midnight, and the windows of the three hours that follow. */
class CopyChainTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

  private final TestingVault source = new TestingVault();
  private final CatalogEntry base = source.commit(TestingPoints.awsExport("orders", MIDNIGHT));
  private final CatalogEntry first = window(1);
  private final CatalogEntry second = window(2);
  private final CatalogEntry third = window(3);
  private final MemoryStore store =
      MemoryStore.open(new StoreLocation.Memory("copy-" + UUID.randomUUID()), source.time);
  private final Vault target =
      Vault.create(
          store, source.vault.config(), TestingHolders.holder("copier"), source.settings());

  @Test
  void aWindowTakesItsChainWithIt() throws InterruptedException {
    CopyPlan plan = plan(second);
    assertThat(plan.steps())
        .extracting(step -> step.source().id())
        .containsExactly(base.id(), first.id(), second.id());
    assertThat(plan.steps())
        .extracting(CopyPlan.Step::choice)
        .containsExactly(Choice.NEEDED, Choice.NEEDED, Choice.REQUESTED);

    List<Outcome<CopyResult>> outcomes = run(target, plan);

    assertThat(outcomes).allMatch(outcome -> outcome.failure().isEmpty());
    assertThat(target.catalog().list().entries())
        .extracting(CatalogEntry::point)
        .containsExactly(base.point(), first.point(), second.point());
    for (CatalogEntry entry : List.of(base, first, second)) {
      entry.point().files().forEach(file -> assertThat(store.stat(file.key())).isPresent());
    }
    assertThat(keys("runs/")).isEmpty();
  }

  @Test
  void whatIsThereIsNotCopiedAgain() throws InterruptedException {
    run(target, plan(first));

    CopyPlan plan = plan(third);

    assertThat(plan.steps())
        .extracting(step -> step.source().id())
        .containsExactly(second.id(), third.id());
    run(target, plan);
    assertThat(plan(base, first, second, third).steps())
        .extracting(CopyPlan.Step::action)
        .containsOnly(Action.SKIP);
  }

  @Test
  void anyOrderOfARequestIsCopiedFromTheBaseOn() {
    assertThat(plan(third, base, second, first).steps())
        .extracting(step -> step.source().id())
        .containsExactly(base.id(), first.id(), second.id(), third.id());
  }

  @Test
  void aNewerFullExportInTheTargetIsBaseEnough() throws InterruptedException {
    CatalogEntry newer = source.commit(TestingPoints.awsExport("orders", at(2)));
    run(target, plan(newer));

    assertThat(plan(third).steps())
        .extracting(step -> step.source().id())
        .containsExactly(third.id());
  }

  @Test
  void aWindowBehindAHoleIsRefusedAndTheHoleIsNamed() {
    source.memory.delete("recovery-points/orders/" + first.id() + ".json");

    CopyPlan plan = plan(base, second);

    assertThat(plan.steps())
        .extracting(CopyPlan.Step::action)
        .containsExactly(Action.COPY, Action.REFUSE);
    assertThat(plan.steps().get(1).refusal().orElseThrow())
        .hasMessageContaining("neither a full export of 2026-11-21T01:00:00Z nor a window");
  }

  @Test
  void whatTheLockRefusesIsRefusedWithAllThatBuildsOnIt() {
    target.lockLog().lock(VaultLock.governance(1, OptionalInt.of(30)));

    CopyPlan plan = plan(second);

    assertThat(plan.steps()).extracting(CopyPlan.Step::action).containsOnly(Action.REFUSE);
    assertThat(plan.steps().get(0).refusal().orElseThrow().code()).isEqualTo(ErrorCode.LOCKED);
  }

  @Test
  void aDamagedBaseStopsItsWindowsAndNothingElse() throws InterruptedException {
    CatalogEntry other = source.commit("users", "2026-11-21T00:00:00Z");
    String data = base.point().export().dataFiles().get(0).key();
    byte[] flipped = TestingPoints.content(data);
    flipped[3] ^= 1;
    source.memory.put(data, flipped);

    List<Outcome<CopyResult>> outcomes = run(target, plan(second, other));

    assertThat(outcomes)
        .extracting(outcome -> outcome.failure().map(DynavaultException::code))
        .containsExactly(
            Optional.of(ErrorCode.DAMAGED),
            Optional.of(ErrorCode.RECOVERY_POINT_NOT_FOUND),
            Optional.of(ErrorCode.RECOVERY_POINT_NOT_FOUND),
            Optional.empty());
    assertThat(outcomes.get(1).failure().orElseThrow())
        .hasMessage(
            "unable to copy recovery point '%s' of table 'orders': it builds on '%s', which is not copied"
                .formatted(first.id(), base.id()));
    assertThat(target.catalog().list().entries())
        .extracting(CatalogEntry::point)
        .containsExactly(other.point());
  }

  @Test
  void aFileOfAnotherExportIsNotWrittenOver() throws InterruptedException {
    String shared = first.point().export().filesBeside().get(0);
    byte[] theirs = "theirs".getBytes(StandardCharsets.UTF_8);
    store.put(shared, theirs);

    Outcome<CopyResult> refused = run(target, plan(first)).get(1);

    assertThat(refused.failure().orElseThrow().code()).isEqualTo(ErrorCode.RECOVERY_POINT_EXISTS);
    assertThat(store.stat(shared).orElseThrow().size()).isEqualTo(theirs.length);
  }

  /** The files beside its folder, too, and no file of another export. */
  @Test
  void gcRemovesAllThatACopyHasLeft() throws InterruptedException {
    run(target, plan(first));
    List<String> before = keys("exports/");
    String key = second.point().export().filesBeside().get(0);
    CallbackStore dying = new CallbackStore(store);
    dying.beforeEachWrite(
        written -> {
          if (written.endsWith("manifest-summary.json")) {
            throw new DynavaultException(ErrorCode.STORE_FAILED, "killed");
          }
        });
    run(open(dying), plan(second));
    assertThat(keys("exports/")).contains(key);

    source.time.pass(Duration.ofDays(1));
    GcResult result =
        new GcRun(target, Duration.ofDays(1), ManagedBackups.none())
            .run(new GcPlanner(target, Duration.ofDays(1)).plan());

    assertThat(result.failed()).isEmpty();
    assertThat(keys("exports/")).isEqualTo(before);
    assertThat(keys("runs/")).isEmpty();
    assertThat(run(target, plan(second)).get(0).failure()).isEmpty();
  }

  @Test
  void aCrashAtAnyStepIsMadeGoodByTheNextCopy() throws InterruptedException {
    for (int crashAt = 0; crashAt < 24; crashAt++) {
      MemoryStore fresh =
          MemoryStore.open(new StoreLocation.Memory("crash-" + UUID.randomUUID()), source.time);
      Vault whole =
          Vault.create(
              fresh, source.vault.config(), TestingHolders.holder("copier"), source.settings());
      CallbackStore dying = new CallbackStore(fresh);
      int[] writes = {crashAt};
      dying.beforeEachWrite(
          key -> {
            if (!key.startsWith("locks/") && writes[0]-- <= 0) {
              throw new DynavaultException(ErrorCode.STORE_FAILED, "killed");
            }
          });
      run(open(dying), planTo(open(dying), second));

      List<RecoveryPoint> visible = points(whole);
      assertThat(List.of(base.point(), first.point(), second.point()).subList(0, visible.size()))
          .as("crash at %s: a chain from its base on", crashAt)
          .isEqualTo(visible);
      run(whole, planTo(whole, second));
      assertThat(points(whole)).hasSize(3);
    }
  }

  private static List<RecoveryPoint> points(Vault vault) {
    return vault.catalog().list().entries().stream().map(CatalogEntry::point).toList();
  }

  private CopyPlan plan(CatalogEntry... entries) {
    return planTo(target, entries);
  }

  private CopyPlan planTo(Vault to, CatalogEntry... entries) {
    return new CopyPlanner(source.vault, to)
        .plan(new CopyRequest(List.of(entries), Optional.empty(), 1));
  }

  private List<Outcome<CopyResult>> run(Vault to, CopyPlan plan) throws InterruptedException {
    RunContext context =
        new RunContext(
            new Timing(source.time, source.time, new Random(1)),
            source.time,
            new Progress("copy"),
            new StopSignal());
    return new CopyRun(source.vault, to, context, "0.1.0").run(plan);
  }

  private Vault open(ObjectStore through) {
    return Vault.open(through, TestingHolders.holder("copier"), source.settings());
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    return keys;
  }

  private CatalogEntry window(int end) {
    return source.commit(
        TestingPoints.incremental("orders", at(end).plusSeconds(60), at(end - 1), at(end)));
  }

  private static Instant at(int hour) {
    return MIDNIGHT.plus(Duration.ofHours(hour));
  }
}
