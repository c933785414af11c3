// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a vault. */
@Command(name = "create", description = "Creates a vault of AWS Backup.")
@CommandTraits(
    examples = {
      "dynavault aws-backup vault create main",
      "dynavault aws-backup vault create main --tag team=shop \\",
      "    --key arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
    },
    exits = {ExitStatus.CONFLICT, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultCreateCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();

  @Option(
      names = "--key",
      paramLabel = "ARN",
      description = "key that encrypts the recovery points, for ever; without it AWS's own")
  private @Nullable String key;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag of the vault; can be given several times")
  private Map<String, String> tags = Map.of();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      String token = CreatorToken.create(session.context().timing().random());
      String arn = new Vaults(clients.backup()).create(name.value(), key, tags, token);
      session
          .output()
          .show(
              Notice.done(
                  "created vault " + name.value() + ": " + arn,
                  Json.object().put("name", name.value()).put("arn", arn)));
      return ExitStatus.OK;
    }
  }
}
