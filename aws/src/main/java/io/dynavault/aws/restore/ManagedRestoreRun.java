// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.TableLookup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSettings;
import io.dynavault.core.table.TableSettingsApplier;
import io.dynavault.core.table.TableWaiter;
import io.dynavault.core.table.WaitListener;
import io.dynavault.core.transport.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Restores one table: asks AWS for it, waits until it is there, puts back what AWS drops. When it
 * is stopped, AWS goes on; a run that resumes puts the settings back. Used once.
 */
public final class ManagedRestoreRun {
  private static final String RESUME =
      "AWS goes on; put the settings back by running it again with --resume";

  private final TableClients tables;
  private final Jobs jobs;
  private final PacedCalls calls;
  private final RunContext context;
  private final Duration maxWait;
  private Optional<String> startedJob = Optional.empty();
  private boolean begun;

  /**
   * @param tables of the region of the new table
   * @param jobs of AWS Backup in that region
   * @param maxWait longest time to wait for AWS
   */
  public ManagedRestoreRun(
      TableClients tables, Jobs jobs, PacedCalls calls, Duration maxWait, RunContext context) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.maxWait = requireNonNull(maxWait, "maxWait is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** Whether AWS was asked for the table, so that it is there or going to be. */
  public boolean hasBegun() {
    return begun;
  }

  /**
   * Restores the table.
   *
   * @throws DynavaultException what AWS refuses; {@code INTERRUPTED} after a stop and {@code
   *     SERVICE_UNAVAILABLE} after the time limit, while AWS goes on
   */
  public ManagedRestoreResult run(ManagedRestorePlan plan) throws InterruptedException {
    long started = context.ticker().nanos();
    context.progress().expect(plan.estimatedItems(), plan.estimatedBytes());
    if (plan.request().beginning() == ManagedRestoreRequest.Beginning.NEW) {
      context.progress().phase("asking AWS for the table");
      begin(plan);
    }
    begun = true;
    if (plan.request().source() instanceof RestoreSource.Job job) {
      awaitJob(plan, new JobRestore(job, jobs, maxWait, context));
    }
    TableWaiter waiter =
        new TableWaiter(tables, context.timing().sleeper(), maxWait, context.stop());
    List<SettingOutcome> settings = finish(plan, waiter);
    return new ManagedRestoreResult(
        plan.tableName(),
        plan.request().source().text(),
        settings,
        Duration.ofNanos(context.ticker().nanos() - started),
        plan.notes());
  }

  private List<SettingOutcome> finish(ManagedRestorePlan plan, TableWaiter waiter) {
    WaitListener listener =
        (table, status, waited) -> context.progress().phase("waiting for AWS, table is " + status);
    try {
      waiter.untilActive(plan.tableName(), listener);
      context.progress().phase("putting settings back");
      return new TableSettingsApplier(tables, waiter, context.timing().sleeper())
          .apply(plan.wanted().orElseGet(() -> asFarAsKnown(plan)), listener);
    } catch (DynavaultException e) {
      throw resumable(e);
    }
  }

  /** AWS makes the table when the job runs, which can be long after it was asked for. */
  private void awaitJob(ManagedRestorePlan plan, JobRestore restore) throws InterruptedException {
    try {
      if (startedJob.isPresent()) {
        restore.await(startedJob.get());
      } else if (TableLookup.find(tables.dynamoDb(), calls, plan.tableName()).isEmpty()) {
        restore.await(restore.findJob(plan.tableName()));
      }
    } catch (DynavaultException e) {
      throw resumable(e);
    }
  }

  private static DynavaultException resumable(DynavaultException e) {
    return e.code() == ErrorCode.INTERRUPTED || e.code() == ErrorCode.SERVICE_UNAVAILABLE
        ? new DynavaultException(e.code(), String.valueOf(e.getMessage()), RESUME, e)
        : e;
  }

  private void begin(ManagedRestorePlan plan) throws InterruptedException {
    try {
      call(plan);
    } catch (RefusedException e) {
      if (!isOurs(plan, e)) {
        throw e;
      }
    }
  }

  private void call(ManagedRestorePlan plan) throws InterruptedException {
    if (plan.request().source() instanceof RestoreSource.Job job) {
      startedJob = Optional.of(new JobRestore(job, jobs, maxWait, context).start(plan.request()));
      return;
    }
    if (plan.request().source() instanceof RestoreSource.Backup backup) {
      RestoreTableFromBackupRequest.Builder request =
          RestoreTableFromBackupRequest.builder()
              .targetTableName(plan.tableName())
              .backupArn(backup.arn().text());
      plan.overrides().addTo(request);
      calls.call(
          "RestoreTableFromBackup",
          () -> tables.dynamoDb().restoreTableFromBackup(request.build()));
      return;
    }
    RestoreSource.PointInTime point = (RestoreSource.PointInTime) plan.request().source();
    RestoreTableToPointInTimeRequest.Builder request =
        RestoreTableToPointInTimeRequest.builder().targetTableName(plan.tableName());
    if (point.region().equals(tables.dynamoDb().serviceClientConfiguration().region().id())) {
      request.sourceTableName(point.tableName());
    } else {
      request.sourceTableArn(plan.source().tableArn());
    }
    point
        .time()
        .ifPresentOrElse(request::restoreDateTime, () -> request.useLatestRestorableTime(true));
    plan.overrides().addTo(request);
    calls.call(
        "RestoreTableToPointInTime",
        () -> tables.dynamoDb().restoreTableToPointInTime(request.build()));
  }

  /**
   * A request that the client has sent again, because no answer came, is refused while the first
   * one is carried out. The planner has seen that nobody else had the table.
   */
  private boolean isOurs(ManagedRestorePlan plan, RefusedException refused)
      throws InterruptedException {
    if (!refused.awsError().equals("TableInUseException")
        && !refused.awsError().equals("BackupInUseException")) {
      return false;
    }
    Optional<TableDescription> found = TableLookup.find(tables.dynamoDb(), calls, plan.tableName());
    return found
        .map(TableDescription::restoreSummary)
        .filter(summary -> Boolean.TRUE.equals(summary.restoreInProgress()))
        .filter(
            summary ->
                plan.request().source() instanceof RestoreSource.Backup backup
                    ? backup.arn().text().equals(summary.sourceBackupArn())
                    : plan.source().tableArn().equals(summary.sourceTableArn()))
        .isPresent();
  }

  /** The table as AWS has made it, with the settings that its backup tells. */
  private TableDefinition asFarAsKnown(ManagedRestorePlan plan) {
    TableDefinition table = new TableDescriber(tables).describe(plan.tableName()).definition();
    TableSettings known = KnownSettings.of(plan, table.settings());
    return plan.request()
        .overrides()
        .withTableName(plan.tableName())
        .apply(
            new TableDefinition(
                table.tableName(),
                table.tableArn(),
                table.tableId(),
                table.keySchema(),
                table.attributeDefinitions(),
                table.localSecondaryIndexes(),
                table.globalSecondaryIndexes(),
                table.billingMode(),
                table.throughput(),
                table.onDemandThroughput(),
                known));
  }
}
