// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.awsbackup.TestingAwsBackup;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.restore.ManagedRestorePlan;
import io.dynavault.aws.restore.ManagedRestorePlanner;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.aws.restore.ManagedRestoreRequest.Beginning;
import io.dynavault.aws.restore.ManagedRestoreResult;
import io.dynavault.aws.restore.ManagedRestoreRun;
import io.dynavault.aws.restore.RestoreSource;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.Encryption;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recovery points of AWS Backup by the restore that all methods have. */
class RestoreByJobTest {
  private final BackupWorld world = new BackupWorld();
  private final RegionClients regions = new RegionClients(world.aws.clients());

  @AfterEach
  void close() {
    regions.close();
    world.close();
  }

  @Test
  void restoresWithSettingsTagsAndKey() throws InterruptedException {
    TableOverrides overrides =
        TableOverrides.builder()
            .encryption(Encryption.ownedByDynamoDb())
            .tags(Map.of("purpose", "drill"))
            .build();

    ManagedRestoreResult result =
        run(Duration.ofHours(1)).run(plan(overrides, Beginning.NEW, point()));

    assertThat(result.complete()).isTrue();
    assertThat(tags()).containsEntry("purpose", "drill");
    assertThat(
            world.stub.requests("StartRestoreJob").get(0).at("/Metadata/encryptionType").asText())
        .isEqualTo("Default");
  }

  /** Whoever resumes may find no table yet: the job makes it when it runs. */
  @Test
  void aWaitThatWasStoppedIsGoneOnWithAndTheSettingsArePutBack() throws InterruptedException {
    RecoveryPoint point = point();
    world.stub.doneAfterLooks(8);
    ManagedRestoreRun stopped = run(Duration.ofSeconds(10));
    ManagedRestorePlan begun = plan(TableOverrides.none(), Beginning.NEW, point);
    DynavaultException late =
        catchThrowableOfType(DynavaultException.class, () -> stopped.run(begun));
    assertThat(late.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(late.hint()).contains("put the settings back", "--resume");
    assertThat(stopped.hasBegun()).isTrue();

    ManagedRestoreResult result =
        run(Duration.ofHours(100)).run(plan(TableOverrides.none(), Beginning.RESUMED, point));

    assertThat(result.complete()).isTrue();
    assertThat(world.stub.requests("StartRestoreJob")).hasSize(1);
    assertThat(tags()).isEqualTo(point.table().settings().tags());
  }

  @Test
  void withoutTableAndJobThereIsNothingToResume() throws InterruptedException {
    ManagedRestorePlan plan = plan(TableOverrides.none(), Beginning.RESUMED, point());

    DynavaultException nothing =
        catchThrowableOfType(DynavaultException.class, () -> run(Duration.ofHours(1)).run(plan));

    assertThat(nothing.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(nothing).hasMessageContaining("no job that makes it");
  }

  private Map<String, String> tags() {
    return new TableDescriber(world.tables).describe("Back").definition().settings().tags();
  }

  private RecoveryPoint point() throws InterruptedException {
    return world.run().start(world.plan()).recoveryPoints().get(0);
  }

  private ManagedRestorePlan plan(
      TableOverrides overrides, Beginning beginning, RecoveryPoint point)
      throws InterruptedException {
    String arn = ((ManagedBackup) point.content()).arn();
    return new ManagedRestorePlanner(regions, calls())
        .plan(
            new ManagedRestoreRequest(
                new RestoreSource.Job(arn, point.table(), 0, TestingAwsBackup.ROLE),
                "Back",
                overrides,
                Optional.of(point.table()),
                beginning));
  }

  private ManagedRestoreRun run(Duration limit) {
    return new ManagedRestoreRun(
        world.tables, world.aws.jobs(), calls(), limit, world.context(new StopSignal()));
  }

  private PacedCalls calls() {
    return new PacedCalls(
        world.context(new StopSignal()).timing(), new StopSignal(), Duration.ofMinutes(1));
  }
}
