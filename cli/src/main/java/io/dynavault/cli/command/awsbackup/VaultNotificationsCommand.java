// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows or changes where a vault of AWS Backup sends its events. */
@Command(
    name = "notifications",
    description = {
      "Shows where a vault of AWS Backup sends its events, or changes it.",
      "The topic has to be a standard one of the same account that lets backup.amazonaws.com"
          + " publish."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup vault notifications main",
      "dynavault aws-backup vault notifications main \\",
      "    --topic arn:aws:sns:eu-west-1:111122223333:backups --event backup_job_completed",
      "dynavault aws-backup vault notifications main --off"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultNotificationsCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();

  @Option(names = "--topic", paramLabel = "ARN", description = "SNS topic to send to from now on")
  private @Nullable String topic;

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      description =
          "event to send, such as backup_job_completed, which comes after failures, too; can be"
              + " given several times; without it all ends of jobs")
  private List<String> events = List.of();

  @Option(names = "--off", description = "send nothing from now on")
  private boolean off;

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Vaults vaults = new Vaults(clients.backup());
      String vault = vaults.describe(name.value()).name();
      if (off) {
        vaults.removeNotifications(vault);
      } else if (topic != null) {
        vaults.setNotifications(vault, new VaultNotifications(topic, events()));
      }
      session.output().show(notice(vault, vaults.notifications(vault)));
      return ExitStatus.OK;
    }
  }

  private List<String> events() {
    return events.isEmpty()
        ? VaultNotifications.DEFAULT_EVENTS
        : events.stream().map(event -> event.toUpperCase(Locale.ROOT).replace('-', '_')).toList();
  }

  private static Notice notice(String vault, Optional<VaultNotifications> found) {
    ObjectNode fields = Json.object().put("name", vault);
    found.ifPresent(
        notifications -> {
          fields.put("topicArn", notifications.topic());
          ArrayNode array = fields.putArray("events");
          notifications.events().forEach(array::add);
        });
    return Notice.done(
        found
            .map(n -> "sends " + String.join(", ", n.events()) + " to " + n.topic())
            .orElse("sends no notifications"),
        fields);
  }
}
