// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobWaiter;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.Session;
import io.dynavault.core.job.StopSignal;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and how long a command waits for the job that it has started. */
final class WaitOptions {
  private static final String DEFAULT_LIMIT = "24h";

  @Option(names = "--wait", description = "wait until the job has ended; without it only start it")
  private boolean wait;

  @Option(
      names = "--wait-limit",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      defaultValue = DEFAULT_LIMIT,
      description = "longest wait; the job goes on afterwards (default ${DEFAULT-VALUE})")
  private Duration limit = Duration.ofDays(1);

  /** Longest wait. */
  Duration limit() {
    return limit;
  }

  /** The job as it ended, or as it is now if nobody wants to wait. */
  AwsJob ended(Session session, Jobs jobs, JobKind kind, String id, StopSignal stop)
      throws InterruptedException {
    if (!wait) {
      return jobs.describe(kind, id);
    }
    JobWaiter waiter = new JobWaiter(jobs, session.context().timing().sleeper(), limit, stop);
    return waiter
        .await(kind, id, (job, waited) -> session.output().message(text(job, waited)))
        .requireCompleted();
  }

  private static String text(AwsJob job, Duration waited) {
    return job.title()
        + job.table().map(table -> " of " + table).orElse("")
        + ": "
        + job.state()
        + job.percentDone().map(percent -> ", " + percent + " %").orElse("")
        + " after "
        + waited.toSeconds()
        + " s";
  }
}
