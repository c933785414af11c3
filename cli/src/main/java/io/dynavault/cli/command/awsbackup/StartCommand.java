// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.BackupOrder;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts backup jobs. */
@Command(
    name = "start",
    description = {
      "Starts a backup job of AWS Backup for each table.",
      "No recovery point is recorded in a vault of ours: see dynavault backup --method aws-backup"
          + " for that. A table that fails does not stop the others."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup start orders --aws-backup-vault main --wait",
      "dynavault aws-backup start orders customers --delete-after-days 35"
    },
    options = {OptionGroup.AWS_BACKUP},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class StartCommand implements CliCommand {
  @Parameters(arity = "1..*", paramLabel = "TABLE", description = "name of a table")
  private List<String> tables = List.of();

  @Mixin private LifecycleOptions lifecycle = new LifecycleOptions();

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag of the recovery points; can be given several times")
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--start-window",
      paramLabel = "MINUTES",
      description = "minutes within which the job has to start (at least 60, AWS's default 480)")
  private long startWindow;

  @Mixin private WaitOptions waiting = new WaitOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    String role = Role.of(session);
    Lifecycle kept = lifecycle.value();
    List<Outcome<AwsJob>> outcomes = new ArrayList<>();
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint());
        TableClients tableClients = TableClients.open(session.wiring().endpoint())) {
      Jobs jobs = new Jobs(clients.backup());
      List<Outcome<String>> started = new ArrayList<>();
      for (String table : tables) {
        started.add(start(session, jobs, tableClients, table, role, kept));
      }
      StopSignal stop = session.gracefulStop().get();
      for (Outcome<String> one : started) {
        outcomes.add(ended(session, jobs, one, stop));
      }
    }
    return report(session, outcomes);
  }

  private Outcome<String> start(
      Session session, Jobs jobs, TableClients clients, String table, String role, Lifecycle kept) {
    try {
      String arn = new TableDescriber(clients).describe(table).definition().tableArn();
      String vault = session.config().value(ConfigOptions.AWS_BACKUP_VAULT);
      BackupOrder order =
          new BackupOrder(
              vault,
              arn,
              role,
              kept,
              tags,
              startWindow == 0 ? OptionalLong.empty() : OptionalLong.of(startWindow),
              OptionalLong.empty(),
              CreatorToken.create(session.context().timing().random()));
      return new Outcome<>(table, Optional.of(jobs.start(order)), Optional.empty());
    } catch (DynavaultException e) {
      return new Outcome<>(table, Optional.empty(), Optional.of(e));
    }
  }

  private Outcome<AwsJob> ended(
      Session session, Jobs jobs, Outcome<String> started, StopSignal stop)
      throws InterruptedException {
    if (started.result().isEmpty()) {
      return new Outcome<>(started.subject(), Optional.empty(), started.failure());
    }
    try {
      AwsJob job = waiting.ended(session, jobs, JobKind.BACKUP, started.result().get(), stop);
      return new Outcome<>(started.subject(), Optional.of(job), Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return new Outcome<>(started.subject(), Optional.empty(), Optional.of(e));
    }
  }

  private static ExitStatus report(Session session, List<Outcome<AwsJob>> outcomes) {
    List<AwsJob> jobs = outcomes.stream().flatMap(one -> one.result().stream()).toList();
    if (session.output().isJson()) {
      jobs.forEach(job -> session.output().event(MessageType.ITEM, AwsJson.job(job)));
    } else if (!jobs.isEmpty()) {
      session.output().page().table(JobsView.table(jobs, session.now()));
    }
    return Outcomes.report(session.output(), Outcomes.Subject.TABLE, outcomes, Json.object());
  }
}
