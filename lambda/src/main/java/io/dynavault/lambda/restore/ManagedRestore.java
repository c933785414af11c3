// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.restore.ManagedRestorePlan;
import io.dynavault.aws.restore.ManagedRestorePlanner;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.aws.restore.ManagedRestoreRequest.Beginning;
import io.dynavault.aws.restore.ManagedRestoreResult;
import io.dynavault.aws.restore.ManagedRestoreRun;
import io.dynavault.aws.restore.RestoreSource;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.IndexChoice;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.transport.SdkErrors;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.lambda.host.Invocation;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;

/**
 * Has AWS restore a table from its own backup, waits for it, and puts back what AWS drops. AWS
 * makes new tables only: it neither clears nor overwrites one.
 */
final class ManagedRestore {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** AWS Lambda Developer Guide, "Lambda quotas". */
  private static final Duration LONGEST_INVOCATION = Duration.ofMinutes(15);

  private final TableClients tables;
  private final RegionClients regions;
  private final Invocation invocation;
  private final RestoreEvent event;
  private final String testPrefix;

  ManagedRestore(
      TableClients tables,
      RegionClients regions,
      Invocation invocation,
      RestoreEvent event,
      String testPrefix) {
    this.tables = requireNonNull(tables, "tables is null");
    this.regions = requireNonNull(regions, "regions is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.event = requireNonNull(event, "event is null");
    this.testPrefix = requireNonNull(testPrefix, "testPrefix is null");
  }

  /**
   * Restores it; AWS goes on while no invocation waits.
   *
   * @throws DynavaultException {@code INTERRUPTED} where another invocation has to go on; {@code
   *     TABLE_EXISTS}; what AWS refuses
   */
  TableOutcome restore(
      TableOutcome outcome,
      RecoveryPoint point,
      ManagedBackup backup,
      StoredCheckpoint checkpoint,
      RunContext context)
      throws InterruptedException {
    BackupArn arn = BackupArn.find(backup.arn()).orElseThrow(() -> ofAwsBackup(point));
    PacedCalls calls = new PacedCalls(invocation.timing(), context.stop(), PATIENCE);
    ManagedRestorePlan plan = plan(point, arn, checkpoint, calls);
    if (event.mode() == RestoreEvent.Mode.DRY_RUN) {
      return outcome.ended(TableOutcome.Status.VALIDATED, plan.estimatedItems(), 0);
    }
    checkpoint.prepared();
    Jobs jobs = new Jobs(regions.home().backup());
    ManagedRestoreResult result =
        new ManagedRestoreRun(tables, jobs, calls, LONGEST_INVOCATION, context).run(plan);
    if (!result.complete()) {
      return outcome.failed(incomplete(result), plan.estimatedItems(), 0);
    }
    if (event.mode() == RestoreEvent.Mode.TEST) {
      delete(plan.tableName());
    }
    return outcome.ended(TableOutcome.Status.COMPLETED, plan.estimatedItems(), 0);
  }

  private ManagedRestorePlan plan(
      RecoveryPoint point, BackupArn arn, StoredCheckpoint checkpoint, PacedCalls calls)
      throws InterruptedException {
    boolean test = event.mode() == RestoreEvent.Mode.TEST;
    String name = test ? testPrefix + point.tableName() : point.tableName();
    boolean begun = checkpoint.isPrepared() && mayBeMadeFrom(arn, name);
    ManagedRestoreRequest request =
        new ManagedRestoreRequest(
            new RestoreSource.Backup(arn),
            name,
            test ? bare() : TableOverrides.none(),
            Optional.of(
                test ? TableDefinition.onDemand(name, point.table().keySchema()) : point.table()),
            begun ? Beginning.RESUMED : Beginning.NEW);
    try {
      return new ManagedRestorePlanner(regions, calls).plan(request);
    } catch (DynavaultException e) {
      throw e.code() == ErrorCode.TABLE_EXISTS ? exists(name, e) : e;
    }
  }

  /** A test's table has nothing that costs beyond its items, and can be deleted. */
  private static TableOverrides bare() {
    return TableOverrides.builder()
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .globalIndexes(IndexChoice.none())
        .localIndexes(IndexChoice.none())
        .allowDeletion()
        .build();
  }

  /**
   * Whether a table is what an invocation before this one, which has seen none, has asked AWS for.
   * AWS says what it is made of until it is active, and no longer.
   */
  private boolean mayBeMadeFrom(BackupArn arn, String name) {
    try {
      RestoreSummary summary =
          SdkErrors.call(
                  "DescribeTable",
                  () -> tables.dynamoDb().describeTable(b -> b.tableName(name)).table())
              .restoreSummary();
      return summary == null || arn.text().equals(summary.sourceBackupArn());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private void delete(String name) {
    SdkErrors.call(
        "DeleteTable", () -> tables.dynamoDb().deleteTable(b -> b.tableName(name)).toString());
  }

  private static DynavaultException ofAwsBackup(RecoveryPoint point) {
    return new DynavaultException(
        ErrorCode.UNSUPPORTED,
        "unable to restore recovery point '%s' of table '%s': AWS Backup has it"
            .formatted(point.id(), point.tableName()),
        "restore it, with its settings, with: dynavault aws-backup restore %s --table %s"
            .formatted(point.id(), point.tableName()));
  }

  private static DynavaultException exists(String name, DynavaultException cause) {
    return new DynavaultException(
        ErrorCode.TABLE_EXISTS,
        "unable to restore table '%s' from a backup of AWS: the table exists".formatted(name),
        "AWS restores into new tables only: restore under another name with: dynavault restore"
            + " --target-table",
        cause);
  }

  private static DynavaultException incomplete(ManagedRestoreResult result) {
    long failed =
        result.settings().stream().filter(s -> s.result().name().equals("FAILED")).count();
    return new DynavaultException(
        ErrorCode.INCOMPLETE,
        "unable to restore all of table '%s': %d settings were refused"
            .formatted(result.tableName(), failed),
        "see the log; the items are there");
  }
}
