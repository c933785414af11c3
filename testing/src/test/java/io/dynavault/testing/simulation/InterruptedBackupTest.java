// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups that are cut short, and what the table or the disk does meanwhile. */
class InterruptedBackupTest {
  private static final Fault GONE = Fault.fail(ErrorCode.SERVICE_UNAVAILABLE);

  /** Segments of a backup with one worker. */
  private static final int SEGMENTS = 4;

  /** Pages that a data file of the simulation has at most. */
  private static final int PAGES_OF_A_FILE = 2;

  private final Simulation world = new Simulation(1);
  private final Invariants invariants = new Invariants(world);

  @Test
  @Tag("G4")
  void aStoppedBackupReadsNoPageTwice() throws Exception {
    int whole = pages(UseCase.BACKUP::run);
    for (int stopAt = 1; stopAt <= whole; stopAt++) {
      SortedMap<String, String> items = world.items();
      int before = pagesUntilStop(stopAt);
      int after = pages(UseCase.BACKUP::again);

      assertThat(before + after)
          .as("stopped at page %d", stopAt)
          .isBetween(whole, whole + SEGMENTS);
      assertThat(latest()).isEqualTo(items);
      world.time().pass(Duration.ofSeconds(1));
    }
  }

  @Test
  @Tag("G4")
  void aKilledBackupReadsAgainOnlyTheFileItWasWriting() throws Exception {
    int whole = pages(UseCase.BACKUP::run);
    for (int killAt = 1; killAt <= whole; killAt++) {
      Report report =
          Attempt.of(
              world, ProcessFaults.at(Place.ITEMS, Faults.from(killAt, GONE)), UseCase.BACKUP::run);
      assertThat(report.success()).isFalse();
      int after = pages(UseCase.BACKUP::again);

      assertThat(killAt - 1 + after)
          .as("killed at page %d", killAt)
          .isLessThanOrEqualTo(whole + SEGMENTS + PAGES_OF_A_FILE);
      assertThat(latest()).isEqualTo(world.items());
      world.time().pass(Duration.ofSeconds(1));
    }
  }

  private int pagesUntilStop(int stopAt) throws InterruptedException {
    List<SimulatedProcess> process = new ArrayList<>();
    int[] pages = {0};
    Faults stop =
        call -> {
          pages[0]++;
          return call.number() == stopAt
              ? Optional.of(Fault.before(() -> process.get(0).stop().request()))
              : Optional.empty();
        };
    Report report =
        Attempt.of(
            world,
            ProcessFaults.at(Place.ITEMS, stop),
            running -> {
              process.add(running);
              return UseCase.BACKUP.run(running);
            });
    assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.INTERRUPTED);
    return pages[0];
  }

  private int pages(Attempt.Work work) throws InterruptedException {
    RecordedCalls calls = new RecordedCalls();
    assertThat(Attempt.of(world, calls.recorder(), work).failure()).isEmpty();
    return calls.at(Place.ITEMS).size();
  }

  private SortedMap<String, String> latest() {
    try (SimulatedProcess process = world.begin()) {
      var vault = process.vault();
      return Invariants.items(vault, process.latest(vault).point());
    }
  }

  @Test
  @Tag("F20")
  void aBackupIsNotGoneOnWithInAnotherTableOfTheName() throws Exception {
    Attempt.of(world, ProcessFaults.at(Place.ITEMS, Faults.from(6, GONE)), UseCase.BACKUP::run);
    createAgain();

    Report resumed =
        Attempt.of(
            world,
            ProcessFaults.none(),
            process -> {
              process.backupRun(process.vault()).resume(Simulation.TABLE, Optional.empty());
              return Report.SUCCESS;
            });

    assertThat(resumed.failure().orElseThrow().code()).isEqualTo(ErrorCode.TABLE_CHANGED);
    assertThat(invariants.committed()).isEmpty();
    world.begin().backup();
    invariants.afterwards();
  }

  /** Journals that were changed are not trusted, file by file. */
  @Test
  @Tag("F20")
  void aFileThatIsNotWhatTheJournalSaysIsWrittenAgain() throws Exception {
    Attempt.of(world, ProcessFaults.at(Place.ITEMS, Faults.from(8, GONE)), UseCase.BACKUP::run);
    List<String> files = new ArrayList<>();
    world
        .vault()
        .list(
            "",
            info -> {
              if (info.key().contains("/data/")) {
                files.add(info.key());
              }
            });
    assertThat(files).isNotEmpty();
    files.forEach(file -> world.vault().put(file, new byte[] {1, 2, 3}));

    world.begin().resumeOrBackup();

    assertThat(latest()).isEqualTo(world.items());
    invariants.afterwards();
  }

  @Test
  @Tag("F22")
  void aTableThatIsDeletedMeanwhileFailsTheBackup() throws Exception {
    int pages = pages(UseCase.BACKUP::run);
    var before = invariants.committed();
    for (int at = 1; at <= pages; at++) {
      List<String> items = List.copyOf(world.items().values());

      Report report = backupWith(at, this::dropTable);

      assertThat(report.failure().orElseThrow().code())
          .isIn(ErrorCode.TABLE_CHANGED, ErrorCode.TABLE_NOT_FOUND);
      assertThat(invariants.committed()).isEqualTo(before);
      world.createTable(Simulation.TABLE);
      items.forEach(item -> world.put(Simulation.TABLE, item));
    }
  }

  @Test
  @Tag("F22")
  void aTableThatIsCreatedAgainMeanwhileFailsTheBackup() throws Exception {
    int pages = pages(UseCase.BACKUP::run);
    var before = invariants.committed();
    for (int at = 1; at <= pages; at++) {
      Report report = backupWith(at, this::createAgain);

      assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.TABLE_CHANGED);
      assertThat(invariants.committed()).isEqualTo(before);
    }
  }

  private Report backupWith(int scan, Runnable meanwhile) throws InterruptedException {
    return Attempt.of(
        world, ProcessFaults.at(Place.ITEMS, scan, Fault.before(meanwhile)), UseCase.BACKUP::run);
  }

  private void dropTable() {
    world.dynamoDb().client().deleteTable(b -> b.tableName(Simulation.TABLE));
  }

  private void createAgain() {
    List<String> items = List.copyOf(world.items().values());
    dropTable();
    world.createTable(Simulation.TABLE);
    items.forEach(item -> world.put(Simulation.TABLE, item));
  }

  @Test
  @Tag("F4")
  @Tag("G1")
  void aFullDiskCommitsNothing() throws Exception {
    Set<Operation> writes =
        Set.of(
            Operation.PUT,
            Operation.PUT_IF_ABSENT,
            Operation.REPLACE,
            Operation.WRITE_UPLOAD,
            Operation.COMMIT_UPLOAD);
    RecordedCalls calls = new RecordedCalls();
    Attempt.of(world, calls.recorder(), UseCase.BACKUP::run);
    int failed = 0;
    for (int full = 1; full <= calls.at(Place.VAULT).size(); full++) {
      int from = full;
      var before = invariants.committed();
      Report report =
          Attempt.of(
              world,
              ProcessFaults.at(
                  Place.VAULT,
                  call ->
                      call.number() >= from && writes.contains(call.operation())
                          ? Optional.of(Fault.fail(ErrorCode.STORE_FAILED))
                          : Optional.empty()),
              UseCase.BACKUP::run);
      assertThat(invariants.committed().size())
          .as("full from call %d on", full)
          .isEqualTo(before.size() + (report.success() ? 1 : 0));
      invariants.whileBroken();
      failed += report.success() ? 0 : 1;
    }
    assertThat(failed).isGreaterThan(40);
    assertThat(Attempt.of(world, ProcessFaults.none(), UseCase.BACKUP::again).success()).isTrue();
    invariants.afterwards();
  }

  /** A scan is not a snapshot, and says so. */
  @Test
  @Tag("G10")
  void aTableThatIsWrittenToMeanwhileGivesEachItemAsItWasAtSomeTime() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<BackupPlan> plan = new ArrayList<>();
      Faults writing =
          call ->
              Optional.of(
                  Fault.before(
                      () -> {
                        world.change(2);
                        world.remember(plan.get(0).id());
                      }));
      try (SimulatedProcess process = world.begin(ProcessFaults.at(Place.ITEMS, writing))) {
        plan.add(process.plan(Map.of()));
        world.remember(plan.get(0).id());
        RecoveryPoint point = process.backupRun(process.vault()).start(plan.get(0)).recoveryPoint();

        assertThat(point.consistency()).isEqualTo(RecoveryPoint.Consistency.NON_CONSISTENT);
      }
      invariants.whileBroken();
    }
    invariants.afterwards();
  }
}
