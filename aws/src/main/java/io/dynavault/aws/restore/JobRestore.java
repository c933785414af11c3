// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobQuery;
import io.dynavault.aws.awsbackup.JobWaiter;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.awsbackup.RestoreOrder;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.Encryption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** The restore of a table by a job of AWS Backup. */
final class JobRestore {
  private final RestoreSource.Job source;
  private final Jobs jobs;
  private final Duration maxWait;
  private final RunContext context;

  JobRestore(RestoreSource.Job source, Jobs jobs, Duration maxWait, RunContext context) {
    this.source = requireNonNull(source, "source is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.maxWait = requireNonNull(maxWait, "maxWait is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** Starts the job; its id. */
  String start(ManagedRestoreRequest request) {
    return jobs.start(
        new RestoreOrder(
            source.arn(),
            request.tableName(),
            request
                .overrides()
                .encryption()
                .map(JobRestore::encryption)
                .orElse(RestoreOrder.Encryption.UNSAID),
            source.role(),
            CreatorToken.create(context.timing().random())));
  }

  /**
   * The job that is going to make the table: the newest of the recovery point that has not ended.
   *
   * @throws DynavaultException {@code TABLE_NOT_FOUND} where there is none
   */
  String findJob(String tableName) {
    return jobs.list(JobKind.RESTORE, JobQuery.ALL).stream()
        .filter(job -> job.recoveryPointArn().filter(source.arn()::equals).isPresent())
        .filter(job -> !job.state().isFinal())
        .max(Comparator.comparing(job -> job.created().orElse(Instant.MIN)))
        .map(AwsJob::id)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "unable to resume the restore of table '%s': there is no such table, and no job that makes it"
                        .formatted(tableName),
                    "run it without --resume"));
  }

  /**
   * Waits until the job has made the table.
   *
   * @throws DynavaultException the reason of a job that failed; {@code INTERRUPTED} after a stop
   *     and {@code SERVICE_UNAVAILABLE} after the time limit, while the job goes on
   */
  void await(String jobId) throws InterruptedException {
    new JobWaiter(jobs, context.timing().sleeper(), maxWait, context.stop())
        .await(
            JobKind.RESTORE,
            jobId,
            (job, waited) -> context.progress().phase("waiting for AWS, job is " + job.state()))
        .requireCompleted();
  }

  private static RestoreOrder.Encryption encryption(Encryption wanted) {
    return wanted.sseType().isEmpty()
        ? RestoreOrder.Encryption.OWNED_BY_AWS
        : RestoreOrder.Encryption.kms(wanted.kmsMasterKey());
  }
}
