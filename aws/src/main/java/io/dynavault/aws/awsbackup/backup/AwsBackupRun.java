// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobState;
import io.dynavault.aws.awsbackup.JobWaiter;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Backs one table up by AWS Backup: notes the intent, starts the job, waits for it, records what it
 * made. When it is stopped or gives up, the job goes on at AWS and {@link #resume} records it. Used
 * once.
 */
public final class AwsBackupRun {
  private static final String RESUME = "the job goes on at AWS; record it with --resume";

  private final Vault vault;
  private final Jobs jobs;
  private final RunContext context;
  private final JobWaiter waiter;
  private final String toolVersion;
  private final List<RecoveryPoint> points = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param maxWait longest time to wait for a job
   * @param toolVersion noted in the record
   */
  public AwsBackupRun(
      Vault vault, Jobs jobs, Duration maxWait, RunContext context, String toolVersion) {
    this.vault = requireNonNull(vault, "vault is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.context = context.withOwnStop();
    this.waiter = new JobWaiter(jobs, context.timing().sleeper(), maxWait, this.context.stop());
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Makes the backup, after recording those that earlier runs have begun: AWS makes one backup of a
   * table at a time.
   *
   * @throws DynavaultException {@code LOCKED} where our vault's lock does not allow the lifecycle,
   *     {@code LEASE_HELD} where another run makes one of this table, {@code INTERRUPTED} after a
   *     stop, {@code SERVICE_UNAVAILABLE} after the time limit, and what AWS refuses
   */
  public AwsBackupResult start(AwsBackupPlan plan) throws InterruptedException {
    Instant now = context.timing().clock().instant();
    requireLifecycleAllowed(plan.request(), now);
    return underLease(
        plan.tableName(),
        lease -> {
          recover(plan.tableName(), lease);
          context.progress().expect(plan.estimatedItems(), plan.estimatedBytes());
          record(JobJournal.begin(vault, plan, now, context.timing().random(), toolVersion), lease);
          notes.addAll(plan.notes());
        });
  }

  /**
   * Waits for the jobs of a table that earlier runs have begun, and records what they made.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where there is none, and as {@link
   *     #start}
   */
  public AwsBackupResult resume(String tableName) throws InterruptedException {
    return underLease(
        tableName,
        lease -> {
          if (!recover(tableName, lease)) {
            throw new DynavaultException(
                ErrorCode.RECOVERY_POINT_NOT_FOUND,
                "unable to resume a backup of table '%s' by AWS Backup: none is unfinished"
                    .formatted(tableName),
                "run the backup without --resume");
          }
        });
  }

  /** What is done while the table's lease is held. */
  @FunctionalInterface
  private interface Work {
    void run(Lease lease) throws InterruptedException;
  }

  private AwsBackupResult underLease(String tableName, Work work) throws InterruptedException {
    long started = context.ticker().nanos();
    try (Lease lease = vault.leases().acquire(LeaseName.awsBackup(tableName), Duration.ZERO);
        LeaseKeeper keeper =
            LeaseKeeper.start(lease, vault.leases().settings(), context.stop()::request)) {
      try {
        work.run(lease);
      } catch (RuntimeException | InterruptedException e) {
        keeper.check(); // a lost lease is the cause, the failure its consequence
        throw e;
      }
    }
    Duration took = Duration.ofNanos(context.ticker().nanos() - started);
    return new AwsBackupResult(tableName, points, took, notes);
  }

  private boolean recover(String tableName, Lease lease) throws InterruptedException {
    List<JobJournal> unfinished = JobJournal.unfinished(vault, tableName);
    for (JobJournal journal : unfinished) {
      context.progress().phase("waiting for the job of an earlier run");
      record(journal, lease);
      notes.add("recovery point '%s', which an earlier run had begun".formatted(journal.id()));
    }
    return !unfinished.isEmpty();
  }

  private void record(JobJournal journal, Lease lease) throws InterruptedException {
    String jobId = journal.jobId().orElse("");
    if (jobId.isEmpty()) {
      context.progress().phase("asking AWS for the backup");
      jobId = start(journal);
    }
    AwsJob job = await(jobId);
    if (job.state() != JobState.COMPLETED || job.recoveryPointArn().isEmpty()) {
      journal.finish(); // there is nothing to record
      job.requireCompleted();
    }
    context.progress().phase("committing");
    points.add(vault.commit(point(journal, job), lease).point());
    journal.finish();
  }

  /** Whether a request whose answer was lost started a job or not: its token starts it once. */
  private String start(JobJournal journal) throws InterruptedException {
    try {
      String jobId = jobs.start(journal.order());
      journal.started(jobId);
      return jobId;
    } catch (DynavaultException e) {
      boolean mayHaveBegun =
          e.code() == ErrorCode.SERVICE_UNAVAILABLE
              || e.code() == ErrorCode.INTERRUPTED
              || e.code() == ErrorCode.LEASE_LOST;
      if (!mayHaveBegun) {
        journal.finish();
      }
      throw e;
    }
  }

  private AwsJob await(String jobId) throws InterruptedException {
    try {
      return waiter.await(
          JobKind.BACKUP,
          jobId,
          (job, waited) ->
              context
                  .progress()
                  .phase(
                      "waiting for AWS, job is "
                          + job.state()
                          + job.percentDone().map(done -> " " + done + " %").orElse("")));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.SERVICE_UNAVAILABLE || e.code() == ErrorCode.INTERRUPTED) {
        throw new DynavaultException(e.code(), e.getMessage(), RESUME, e);
      }
      throw e;
    }
  }

  /** AWS says nothing of the moment but that it lies within the job. */
  private RecoveryPoint point(JobJournal journal, AwsJob job) {
    Instant begun = job.created().orElse(journal.journal().run().started());
    Instant ended = job.completed().orElse(begun);
    AwsBackupRequest request = journal.plan().request();
    return new RecoveryPoint(
        journal.id(),
        Method.AWS_BACKUP,
        journal.plan().table(),
        begun,
        ended.isBefore(begun) ? begun : ended,
        new ManagedBackup(job.recoveryPointArn().orElseThrow(), job.bytes(), OptionalLong.empty()),
        RecoveryPoint.Consistency.NON_CONSISTENT,
        false,
        request.deleteAfter().map(begun::plus),
        request.tags(),
        toolVersion);
  }

  private void requireLifecycleAllowed(AwsBackupRequest request, Instant now) {
    vault
        .lockLog()
        .state()
        .lock()
        .ifPresent(
            lock -> {
              Optional<Instant> end = request.deleteAfter().map(now::plus);
              if (end.isPresent()) {
                lock.requireAllowed(now, end.get());
              } else {
                lock.requireAllowed(now);
              }
            });
  }
}
