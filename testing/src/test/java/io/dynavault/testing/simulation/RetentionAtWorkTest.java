// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retention beside backups and restores, after bad nights and under wrong clocks. */
class RetentionAtWorkTest {
  private static final Fault GONE = Fault.fail(ErrorCode.SERVICE_UNAVAILABLE);

  private final Simulation world = new Simulation(1);
  private final Invariants invariants = new Invariants(world);

  /** The restore takes minutes; retention wants its recovery point every second. */
  @Test
  @Tag("F2")
  void aSlowRestoreKeepsItsRecoveryPoint() throws Exception {
    backUp(3);
    RecoveryPointId oldest = world.first();
    Faults slow =
        call ->
            Optional.of(
                Fault.before(
                    () -> {
                      for (int second = 0; second < 40; second++) {
                        world.time().pass(Duration.ofSeconds(1));
                        expire(1);
                      }
                    }));
    try (SimulatedProcess process = world.begin(ProcessFaults.at(Place.ITEMS, slow))) {
      Vault vault = process.vault();
      CatalogEntry entry = vault.catalog().get(Simulation.TABLE, oldest).orElseThrow();
      var items = Invariants.items(vault, entry.point());
      var table = TableOverrides.none().withTableName("slow").apply(entry.point().table());

      process.restore(vault, entry, new RestoreTarget.NewTable(table));

      assertThat(world.dynamoDb().contents("slow")).isEqualTo(items);
      ExportContent.open(vault.store(), entry.point()).requireFiles();
    }
    assertThat(invariants.committed()).contains(oldest);
    expire(1);
    assertThat(invariants.committed()).hasSize(1).doesNotContain(oldest);
    invariants.afterwards();
  }

  /** The backup takes hours; retention and gc run all the time. */
  @Test
  @Tag("F1")
  void aSlowBackupKeepsItsFiles() throws Exception {
    backUp(2);
    Faults slow =
        call ->
            Optional.of(
                Fault.before(
                    () -> {
                      world.time().pass(Duration.ofHours(9));
                      expire(1);
                      collect();
                    }));

    Report report = Attempt.of(world, ProcessFaults.at(Place.ITEMS, slow), UseCase.BACKUP::run);

    assertThat(report.failure()).isEmpty();
    invariants.whileBroken();
    invariants.afterwards();
  }

  @Test
  @Tag("F3")
  @Tag("G6")
  void sevenFailedNightsCostNoGoodBackup() throws Exception {
    backUp(3);
    Set<RecoveryPointId> good = invariants.committed();
    for (int night = 0; night < 7; night++) {
      Report report =
          Attempt.of(
              world,
              ProcessFaults.at(Place.ITEMS, Faults.from(3 + night, GONE)),
              UseCase.BACKUP::run);
      assertThat(report.success()).isFalse();
      expire(3);
      collect();
      world.passADay();
    }
    assertThat(invariants.committed()).isEqualTo(good);
    invariants.afterwards();
  }

  @Test
  @Tag("F5")
  void whatWasCutShortIsCollectedAlsoWhenNothingExpires() throws Exception {
    backUp(1);
    Attempt.of(world, ProcessFaults.at(Place.ITEMS, Faults.from(8, GONE)), UseCase.BACKUP::run);
    expire(5);
    invariants.afterwards();
  }

  @ParameterizedTest
  @ValueSource(longs = {10, -10, 525_600, -525_600})
  @Tag("F24")
  void aClockThatJumpsCostsNothing(long minutes) throws Exception {
    backUp(3);
    Set<RecoveryPointId> before = invariants.committed();
    Faults jumping =
        call ->
            call.number() == 4
                ? Optional.of(Fault.before(() -> world.time().jump(Duration.ofMinutes(minutes))))
                : Optional.empty();

    Report report = Attempt.of(world, ProcessFaults.at(Place.ITEMS, jumping), UseCase.BACKUP::run);
    collect();
    expire(3);

    assertThat(report.failure()).isEmpty();
    Set<RecoveryPointId> now = invariants.committed();
    assertThat(now).hasSizeGreaterThanOrEqualTo(3);
    // One that is older than the three newest may be gone, whichever the clock makes that.
    assertThat(before.stream().filter(now::contains).count()).isGreaterThanOrEqualTo(2);
    invariants.whileBroken();
  }

  private void backUp(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      world.begin().backup();
      world.change(10);
      world.time().pass(Duration.ofDays(1));
    }
  }

  private void expire(int keep) {
    Attempt.of(world, ProcessFaults.none(), process -> process.expire(keep));
  }

  private void collect() {
    Attempt.of(world, ProcessFaults.none(), UseCase.GC::run);
  }
}
