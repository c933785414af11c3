// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Sleeper;
import java.time.Duration;

/**
 * Waits for a job of AWS Backup to end. Stopping the wait does not stop the job: it goes on at AWS,
 * and can be waited for again.
 */
public final class JobWaiter {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Jobs jobs;
  private final Sleeper sleeper;
  private final Duration limit;
  private final StopSignal stop;

  /** Hears how a job gets on. */
  @FunctionalInterface
  public interface Listener {
    /** The job as it was just described. */
    void waiting(AwsJob job, Duration waited);

    /** Tells nobody. */
    static Listener silent() {
      return (job, waited) -> {};
    }
  }

  /**
   * @param limit longest time spent waiting for one job
   * @param stop ends a wait
   */
  public JobWaiter(Jobs jobs, Sleeper sleeper, Duration limit, StopSignal stop) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.stop = requireNonNull(stop, "stop is null");
  }

  /**
   * Waits until the job has ended, however it did.
   *
   * @throws DynavaultException {@code SERVICE_UNAVAILABLE} if the limit is reached, {@code
   *     INTERRUPTED} if a stop is asked for; the job goes on in both cases
   */
  public AwsJob await(JobKind kind, String id, Listener listener) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
      AwsJob job = jobs.describe(kind, id);
      if (job.state().isFinal()) {
        return job;
      }
      listener.waiting(job, waited);
      if (waited.compareTo(limit) >= 0) {
        throw new DynavaultException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "unable to wait longer for "
                + job.title()
                + ": it is still "
                + job.state()
                + " after "
                + waited.toSeconds()
                + " seconds",
            goesOn(job));
      }
      if (stop.isRequested()) {
        throw new DynavaultException(
            ErrorCode.INTERRUPTED, "waiting for " + job.title() + " was stopped", goesOn(job));
      }
      Duration next = pause.compareTo(limit.minus(waited)) < 0 ? pause : limit.minus(waited);
      sleeper.sleep(next);
      waited = waited.plus(next);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  private static String goesOn(AwsJob job) {
    return "the job goes on; see it with: dynavault aws-backup jobs --kind "
        + job.kind().text()
        + " --id "
        + job.id();
  }
}
