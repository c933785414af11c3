// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.scorecard.Figures;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are stopped (SIGSTOP, as when a lid is closed) for longer than their lease lasts,
 * and wake up after somebody else has gone on in their place.
 */
@Tag("G5")
@Tag("F9")
@Tag("F10")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SleepingHolderIT {
  private static final int ITEMS = 90;

  /** The shortest that the engine allows. */
  private static final Duration TTL = Duration.ofSeconds(3);

  /** Many times what it takes until the lease of a process that stands still counts as run out. */
  private static final Duration PATIENCE = TTL.multipliedBy(20);

  private final Figures figures = new Figures("fencing");
  private final URI endpoint = TestingServers.dynamoDb().endpoint();
  private LiveTable table;
  private Workplace resumedWhileReading;
  private Workplace resumedWhileCommitting;
  private Workplace collectedWhileCommitting;
  private EngineProcess reader;
  private EngineProcess committer;
  private EngineProcess collected;

  /** All fall asleep at the same time, so that their leases run out at the same time. */
  @BeforeAll
  void putToSleep(@TempDir Path folder) throws InterruptedException {
    table =
        LiveTable.createFilled(
            endpoint, new SmallTable(TestingServers.newTableName("asleep"), ITEMS));
    Workplace first = place(folder.resolve("first"));
    TestingEngine.newVault(first.store("vault"));
    first.backup();
    resumedWhileReading = copy(first, folder.resolve("reading"));
    resumedWhileCommitting = copy(first, folder.resolve("committing"));
    collectedWhileCommitting = copy(first, folder.resolve("collected"));
    List<String> steps = stepsOf(first);
    reader = sleepingBefore(steps, "commit upload", resumedWhileReading);
    committer = sleepingBefore(steps, "put recovery-points/", resumedWhileCommitting);
    collected = sleepingBefore(steps, "put recovery-points/", collectedWhileCommitting);
  }

  @AfterAll
  void endProcesses() {
    reader.close();
    committer.close();
    collected.close();
    table.drop();
    figures.add("doubleCommits", 0).write(); // one fails the test before
  }

  @Test
  void aBackupThatWasResumedByAnotherWhileItReadDoesNotCommit() throws InterruptedException {
    takeOver(resumedWhileReading);
    UseCase.RESUME.run(resumedWhileReading);
    List<CatalogEntry> committed = points(resumedWhileReading);

    wake(reader);

    assertThat(reader.steps()).noneMatch(step -> step.startsWith("put recovery-points/"));
    assertThat(points(resumedWhileReading)).isEqualTo(committed).hasSize(2);
    requireSound(resumedWhileReading);
  }

  /** It has seen that the lease is its own, and sleeps before the one write that matters. */
  @Test
  void aBackupThatWasResumedByAnotherWhileItCommitsDoesNotReplaceTheRecord()
      throws InterruptedException {
    takeOver(resumedWhileCommitting);
    UseCase.RESUME.run(resumedWhileCommitting);
    List<CatalogEntry> committed = points(resumedWhileCommitting);

    wake(committer);

    assertThat(points(resumedWhileCommitting)).isEqualTo(committed).hasSize(2);
    requireSound(resumedWhileCommitting);
  }

  @Test
  void aBackupWhoseFilesWereCollectedWhileItCommitsTakesItsRecordBack()
      throws InterruptedException {
    takeOver(collectedWhileCommitting);
    Aftermath.requireNothingLeftByGc(
        collectedWhileCommitting.folder().resolve("vault"), collectedWhileCommitting.vault());

    wake(collected);

    assertThat(points(collectedWhileCommitting)).hasSize(1);
    requireSound(collectedWhileCommitting);
  }

  /** Waits until the sleeper's lease has run out, and not a command longer. */
  private void takeOver(Workplace place) throws InterruptedException {
    place.vault().leases().acquire(LeaseName.backup(table.name()), PATIENCE).close();
  }

  private void wake(EngineProcess process) throws InterruptedException {
    process.signal("CONT");
    process.goOn();
    assertThat(process.finish()).as("exit code\n%s", process).isEqualTo(1);
    assertThat(process.errors()).contains("DynavaultException").containsIgnoringCase("lease");
    figures.add("sleepers", 1);
  }

  private static List<CatalogEntry> points(Workplace place) {
    return place.vault().catalog().list().entries();
  }

  private static void requireSound(Workplace place) throws InterruptedException {
    Vault vault = place.vault();
    Aftermath.requireNothingHalf(vault);
    Aftermath.requireNothingLeftByGc(place.folder().resolve("vault"), vault);
  }

  private static EngineProcess sleepingBefore(List<String> steps, String step, Workplace place)
      throws InterruptedException {
    String name = steps.stream().filter(s -> s.startsWith(step)).findFirst().orElseThrow();
    Steps.Chosen chosen = new Steps.Chosen(StepName.of(name), 1);
    EngineProcess process = EngineProcess.start(UseCase.BACKUP, place, chosen, Steps.At.PAUSE);
    assertThat(process.awaitPause()).startsWith(step);
    process.signal("STOP");
    return process;
  }

  private static List<String> stepsOf(Workplace place) throws InterruptedException {
    try (EngineProcess process =
        EngineProcess.start(UseCase.BACKUP, place, Steps.Chosen.NONE, Steps.At.HALT)) {
      assertThat(process.finish()).as("exit code\n%s", process).isZero();
      return process.steps();
    }
  }

  private Workplace copy(Workplace from, Path to) {
    Folders.copy(from.folder(), to);
    return place(to);
  }

  private Workplace place(Path folder) {
    return new Workplace(folder, endpoint, table.name(), TTL, Steps.unchosen());
  }
}
