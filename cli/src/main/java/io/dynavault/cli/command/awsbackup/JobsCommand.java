// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobQuery;
import io.dynavault.aws.awsbackup.JobState;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.core.table.NamePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
    name = "jobs",
    description = {
      "Lists the backup, copy and restore jobs of AWS Backup for tables.",
      "AWS keeps jobs for 30 days."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup jobs --state failed --after 2026-11-20T00:00:00Z",
      "dynavault aws-backup jobs --kind restore --table 'prod-*'",
      "dynavault aws-backup jobs --kind backup --id FCCB040A-9426-2A49-2EA9-5EAFFAC656AC"
    },
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class JobsCommand implements CliCommand {
  @Option(
      names = "--kind",
      paramLabel = "backup|copy|restore",
      description = "only jobs of this kind; can be given several times")
  private List<JobKind> kinds = List.of();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "only jobs that are created, pending, running, aborting, aborted, completed, failed,"
              + " expired or partial")
  private @Nullable JobState state;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only jobs of this table; * and ? are wildcards")
  private @Nullable String table;

  @Option(
      names = "--after",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "only jobs that were created after this time, with offset")
  private @Nullable Instant after;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "only jobs that were created before this time, with offset")
  private @Nullable Instant before;

  @Option(names = "--id", paramLabel = "JOB", description = "only this job; needs --kind")
  private @Nullable String id;

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      session.output().show(new JobsView(jobs(new Jobs(clients.backup())), session.now()));
      return ExitStatus.OK;
    }
  }

  private List<AwsJob> jobs(Jobs jobs) {
    String wanted = id;
    if (wanted != null) {
      JobKind kind = kinds.isEmpty() ? JobKind.BACKUP : kinds.get(0);
      return List.of(jobs.describe(kind, wanted));
    }
    JobQuery query =
        new JobQuery(
            Optional.ofNullable(state),
            Optional.empty(),
            Optional.ofNullable(after),
            Optional.ofNullable(before));
    NamePattern pattern = new NamePattern(table == null ? "*" : table);
    List<AwsJob> found = new ArrayList<>();
    for (JobKind kind : kinds.isEmpty() ? List.of(JobKind.values()) : kinds) {
      jobs.list(kind, query).stream()
          .filter(job -> table == null || job.table().map(pattern::matches).orElse(false))
          .forEach(found::add);
    }
    return found;
  }
}
