// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.managed.ManagedBackupState.Status;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.managed.TestingBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeleteByMethodTest {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final TestingVault testing = new TestingVault();
  private final TestingBackups backups = new TestingBackups();
  private final DeleteRun run = new DeleteRun(testing.vault, backups);

  @Test
  void aManagedBackupGoesAfterItsRecord() throws InterruptedException {
    CatalogEntry entry = testing.commit(TestingPoints.onDemand("orders", START));

    run.delete(entry);

    assertThat(backups.deleted).containsExactly(arn(entry));
    assertThat(testing.keys("recovery-points/")).isEmpty();
    assertThat(testing.keys(VaultKeys.DELETIONS)).isEmpty();
  }

  @Test
  void aManagedBackupThatIsGoneAlreadyIsNoObstacle() throws InterruptedException {
    CatalogEntry entry = testing.commit(TestingPoints.onDemand("orders", START));
    backups.set(entry.point(), Status.ABSENT);

    run.delete(entry);

    assertThat(testing.keys("recovery-points/")).isEmpty();
  }

  @Test
  void aManagedBackupInTheMakingStaysAndSoDoesItsRecord() {
    CatalogEntry entry = testing.commit(TestingPoints.onDemand("orders", START));
    backups.set(entry.point(), Status.CREATING);

    failure(ErrorCode.LEASE_HELD, () -> run.delete(entry));

    assertThat(testing.keys("recovery-points/")).hasSize(1);
    assertThat(testing.keys(VaultKeys.DELETIONS)).isEmpty();
  }

  @Test
  void withoutAwsTheRecordStays() {
    CatalogEntry entry = testing.commit(TestingPoints.onDemand("orders", START));

    failure(
        ErrorCode.UNSUPPORTED,
        () -> new DeleteRun(testing.vault, ManagedBackups.none()).delete(entry));

    assertThat(testing.keys("recovery-points/")).hasSize(1);
    assertThat(testing.keys(VaultKeys.DELETIONS)).isEmpty();
  }

  @Test
  void aHoldKeepsAManagedBackup() throws InterruptedException {
    CatalogEntry entry = testing.commit(TestingPoints.onDemand("orders", START));
    testing.vault.holds().hold("orders", entry.id(), new Hold("audit", "ann@here", START));

    failure(ErrorCode.LOCKED, () -> run.delete(entry));

    assertThat(backups.deleted).isEmpty();
  }

  @Test
  void gcFinishesWhatAwsRefusedAtFirst() throws InterruptedException {
    CatalogEntry entry = testing.commit(TestingPoints.onDemand("orders", START));
    backups.refuseDeletions();
    assertThat(failure(ErrorCode.INCOMPLETE, () -> run.delete(entry)))
        .hasMessageContaining("backup at AWS");
    testing.time.pass(DAY);

    TestingBackups later = new TestingBackups();
    GcResult result =
        new GcRun(testing.vault, DAY, later).run(new GcPlanner(testing.vault, DAY).plan());

    assertThat(result.failed()).isEmpty();
    assertThat(later.deleted).containsExactly(arn(entry));
    assertThat(testing.keys(VaultKeys.DELETIONS)).isEmpty();
  }

  @Test
  void aBackupThatAnotherRecordNamesStaysAtAws() throws InterruptedException {
    String arn = "arn:aws:backup:us-east-1:111122223333:recovery-point:1ab2";
    CatalogEntry first = testing.commit(TestingPoints.awsBackup("orders", START, arn));
    CatalogEntry second =
        testing.commit(TestingPoints.awsBackup("orders", START.plusSeconds(1), arn));

    run.delete(first);
    assertThat(backups.deleted).isEmpty();

    run.delete(second);
    assertThat(backups.deleted).containsExactly(arn);
  }

  @Test
  void anExportOfItsOwnIdGoesWithItsWholeFolder() throws InterruptedException {
    CatalogEntry entry = testing.commit(TestingPoints.awsExport("orders", START));
    testing.memory.put(entry.point().export().exportPrefix() + "/_started", new byte[0]);

    run.delete(entry);

    assertThat(testing.keys("exports/")).isEmpty();
  }

  @Test
  void anIncrementalExportLeavesTheFilesOfOthersInTheFolderThatTheyShare()
      throws InterruptedException {
    CatalogEntry doomed = testing.commit(TestingPoints.incremental("orders", START));
    RecoveryPoint other = TestingPoints.incremental("orders", START.plusSeconds(3600));
    testing.commit(other);
    String unknown = "exports/AWSDynamoDB/data/of-nobody-here.json.gz";
    testing.memory.put(unknown, new byte[3]);

    run.delete(doomed);

    List<String> left = new ArrayList<>(other.files().stream().map(StoredFile::key).toList());
    left.add(unknown);
    assertThat(testing.keys("exports/")).containsExactlyInAnyOrderElementsOf(left);
  }

  @Test
  void gcFinishesTheDeletionOfAnIncrementalExport() throws InterruptedException {
    RecoveryPoint point = TestingPoints.incremental("orders", START);
    TestingPoints.writeFiles(testing.memory, point);
    testing.memory.put(
        VaultKeys.deletion("orders", point.id().value()), RecoveryPointParser.write(point));

    var plan = new GcPlanner(testing.vault, DAY).plan();
    assertThat(plan.debris().get(0).keys())
        .containsAll(point.files().stream().map(StoredFile::key).toList());
    new GcRun(testing.vault, DAY, backups).run(plan);

    assertThat(testing.keys("exports/")).isEmpty();
  }

  @Test
  void gcTouchesNothingThatAwsWrote() throws InterruptedException {
    RecoveryPoint full = TestingPoints.awsExport("orders", START);
    testing.commit(full);
    testing.commit(TestingPoints.incremental("orders", START.plusSeconds(3600)));
    TestingPoints.writeFiles(testing.memory, TestingPoints.awsExport("users", START)); // no record
    testing.memory.put(full.export().exportPrefix() + "/_started", new byte[0]);
    testing.memory.put("exports/AWSDynamoDB/data/of-nobody-here.json.gz", new byte[3]);
    List<String> before = testing.keys("exports/");
    testing.time.pass(DAY.plusHours(1));

    var plan = new GcPlanner(testing.vault, DAY).plan();
    new GcRun(testing.vault, DAY, backups).run(plan);

    assertThat(plan.debris()).isEmpty();
    assertThat(testing.keys("exports/")).isEqualTo(before);
  }

  private static String arn(CatalogEntry entry) {
    return ((ManagedBackup) entry.point().content()).arn();
  }
}
