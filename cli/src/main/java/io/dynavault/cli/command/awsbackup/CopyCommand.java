// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.CopyOrder;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a copy job. */
@Command(
    name = "copy",
    description = {
      "Copies a recovery point of AWS Backup to another vault, region or account.",
      "Only recovery points that were made with the advanced features for DynamoDB can be copied."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup copy arn:aws:backup:eu-west-1:111122223333:recovery-point:8A92C3F1 \\",
      "    --aws-backup-vault main --wait \\",
      "    --target-vault-arn arn:aws:backup:us-east-1:111122223333:backup-vault:dr"
    },
    options = {OptionGroup.AWS_BACKUP},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class CopyCommand implements CliCommand {
  @Parameters(paramLabel = "ARN", description = "ARN of the recovery point")
  private String arn = "";

  @Option(
      names = "--target-vault-arn",
      paramLabel = "ARN",
      required = true,
      description = "vault that it goes to")
  private String target = "";

  @Mixin private LifecycleOptions lifecycle = new LifecycleOptions();
  @Mixin private WaitOptions waiting = new WaitOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    CopyOrder order =
        new CopyOrder(
            arn,
            session.config().value(ConfigOptions.AWS_BACKUP_VAULT),
            target,
            Role.of(session),
            lifecycle.isGiven() ? Optional.of(lifecycle.value()) : Optional.empty(),
            CreatorToken.create(session.context().timing().random()));
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Jobs jobs = new Jobs(clients.backup());
      String id = jobs.start(order);
      AwsJob job = waiting.ended(session, jobs, JobKind.COPY, id, session.gracefulStop().get());
      session.output().show(new JobsView(List.of(job), session.now()));
      return ExitStatus.OK;
    }
  }
}
