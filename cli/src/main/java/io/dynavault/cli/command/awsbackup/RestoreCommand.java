// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.awsbackup.RestoreOrder;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.OptionGroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a restore job. */
@Command(
    name = "restore",
    description = {
      "Restores a recovery point of AWS Backup into a new table.",
      "AWS puts back neither TTL nor stream nor tags nor auto scaling: dynavault restore does, from"
          + " recovery points that dynavault backup --method aws-backup has recorded."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup restore arn:aws:backup:eu-west-1:111122223333:recovery-point:8A92C3F1"
          + " \\",
      "    --target-table orders-restored --wait"
    },
    options = {OptionGroup.AWS_BACKUP},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class RestoreCommand implements CliCommand {
  @Parameters(paramLabel = "ARN", description = "ARN of the recovery point")
  private String arn = "";

  @Option(
      names = "--target-table",
      paramLabel = "NAME",
      required = true,
      description = "new table, which must not exist")
  private String target = "";

  @Option(
      names = "--encryption",
      paramLabel = "default|kms",
      description = "key that AWS owns, or one of KMS; without it as AWS chooses")
  private @Nullable KeyKind encryption;

  @Option(names = "--kms-key", paramLabel = "ARN", description = "key of KMS")
  private @Nullable String key;

  @Mixin private WaitOptions waiting = new WaitOptions();

  private enum KeyKind {
    DEFAULT,
    KMS
  }

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    String token = CreatorToken.create(session.context().timing().random());
    RestoreOrder order = new RestoreOrder(arn, target, encryption(), Role.of(session), token);
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Jobs jobs = new Jobs(clients.backup());
      String id = jobs.start(order);
      AwsJob job = waiting.ended(session, jobs, JobKind.RESTORE, id, session.gracefulStop().get());
      session.output().show(new JobsView(List.of(job), session.now()));
      return ExitStatus.OK;
    }
  }

  private RestoreOrder.Encryption encryption() {
    if (key != null || encryption == KeyKind.KMS) {
      return RestoreOrder.Encryption.kms(Optional.ofNullable(key));
    }
    return encryption == KeyKind.DEFAULT
        ? RestoreOrder.Encryption.OWNED_BY_AWS
        : RestoreOrder.Encryption.UNSAID;
  }
}
