// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobWaiter;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.awsbackup.RestoreOrder;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.TableSettingsApplier;
import io.dynavault.core.table.TableWaiter;
import io.dynavault.core.vault.ManagedBackup;
import java.time.Duration;
import java.util.List;

/**
 * Restores one table by AWS Backup: starts the job, waits for it, puts back what AWS drops (time to
 * live, stream, tags, point-in-time recovery, auto scaling and others) from the definition in the
 * record, and says what it could not put back. Used once.
 */
public final class AwsRestoreRun {
  private final Jobs jobs;
  private final TableClients tables;
  private final Duration maxWait;
  private final RunContext context;

  /**
   * @param tables of the region of the recovery point
   * @param maxWait longest time to wait for the job, and then for the table
   */
  public AwsRestoreRun(Jobs jobs, TableClients tables, Duration maxWait, RunContext context) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.maxWait = requireNonNull(maxWait, "maxWait is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Restores the table.
   *
   * @throws DynavaultException {@code UNSUPPORTED} for a recovery point that AWS does not keep,
   *     {@code TABLE_EXISTS}; {@code INTERRUPTED} after a stop and {@code SERVICE_UNAVAILABLE}
   *     after the time limit, while AWS goes on; and what AWS refuses
   */
  public AwsRestoreResult run(AwsRestoreRequest request) throws InterruptedException {
    long started = context.ticker().nanos();
    requireNoTable(request.target());
    RestoreOrder order =
        new RestoreOrder(
            arn(request),
            request.target(),
            request.encryption(),
            request.role(),
            CreatorToken.create(context.timing().random()));
    context.progress().phase("asking AWS for the table");
    String jobId = jobs.start(order);
    List<SettingOutcome> settings;
    try {
      await(jobId).requireCompleted();
      settings = settings(request);
    } catch (DynavaultException e) {
      throw resumable(request, e);
    }
    Duration took = Duration.ofNanos(context.ticker().nanos() - started);
    return new AwsRestoreResult(request.target(), jobId, settings, took);
  }

  private static DynavaultException resumable(AwsRestoreRequest request, DynavaultException e) {
    return e.code() == ErrorCode.INTERRUPTED || e.code() == ErrorCode.SERVICE_UNAVAILABLE
        ? new DynavaultException(
            e.code(),
            String.valueOf(e.getMessage()),
            "AWS goes on; put the settings back with: dynavault restore %s --table %s --target-table %s --resume"
                .formatted(request.point().id(), request.point().tableName(), request.target()),
            e)
        : e;
  }

  /** AWS would take the job on and let it fail later. */
  private void requireNoTable(String target) {
    try {
      new TableDescriber(tables).describe(target);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return;
      }
      throw e;
    }
    throw new DynavaultException(
        ErrorCode.TABLE_EXISTS,
        "unable to restore to table '"
            + target
            + "': it exists, and AWS Backup makes new ones only");
  }

  private AwsJob await(String jobId) throws InterruptedException {
    JobWaiter waiter = new JobWaiter(jobs, context.timing().sleeper(), maxWait, context.stop());
    return waiter.await(
        JobKind.RESTORE,
        jobId,
        (job, waited) -> context.progress().phase("waiting for AWS, job is " + job.state()));
  }

  private List<SettingOutcome> settings(AwsRestoreRequest request) {
    context.progress().phase("putting settings back");
    TableDefinition wanted =
        TableOverrides.none().withTableName(request.target()).apply(request.point().table());
    TableWaiter waiter =
        new TableWaiter(tables, context.timing().sleeper(), maxWait, context.stop());
    return new TableSettingsApplier(tables, waiter, context.timing().sleeper())
        .apply(
            wanted,
            (table, status, waited) ->
                context.progress().phase("waiting for AWS, table is " + status));
  }

  private static String arn(AwsRestoreRequest request) {
    if (request.point().content() instanceof ManagedBackup backup) {
      return backup.arn();
    }
    throw new DynavaultException(
        ErrorCode.UNSUPPORTED,
        "unable to restore recovery point '"
            + request.point().id()
            + "' by AWS Backup: its method is "
            + request.point().method());
  }
}
