// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.ResourceTags;
import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.transport.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says everything about a vault. */
@Command(
    name = "describe",
    description = "Describes a vault of AWS Backup: its lock, policy, notifications and tags.")
@CommandTraits(
    examples = {"dynavault aws-backup vault describe main"},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultDescribeCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Vaults vaults = new Vaults(clients.backup());
      AwsVault vault = vaults.describe(name.value());
      session
          .output()
          .show(
              new DescriptionView(
                  vault,
                  Offered.of(() -> vaults.policy(vault.name())),
                  Offered.of(() -> vaults.notifications(vault.name())),
                  new ResourceTags(clients.backup()).of(vault.arn())));
      return ExitStatus.OK;
    }
  }

  /** What AWS has, other servers may not know of. */
  private record Offered<T>(boolean known, Optional<T> value) {
    static <T> Offered<T> of(Supplier<Optional<T>> request) {
      try {
        return new Offered<>(true, request.get());
      } catch (RefusedException e) {
        if (e.isNotOffered()) {
          return new Offered<>(false, Optional.empty());
        }
        throw e;
      }
    }

    String text(Function<T, String> text) {
      return known ? value.map(text).orElse("none") : "not offered by this endpoint";
    }
  }

  private record DescriptionView(
      AwsVault vault,
      Offered<String> policy,
      Offered<VaultNotifications> notifications,
      Map<String, String> tags)
      implements View {
    @Override
    public void text(Page page) {
      Page.Fields fields =
          page.fields()
              .field("Name", vault.name())
              .field("ARN", vault.arn())
              .field("Key", vault.key().orElse("AWS's own"))
              .field("Created", vault.created().map(TimeText::moment).orElse("unknown"))
              .field("Recovery points", Counts.text(vault.recoveryPoints()))
              .field("Lock", vault.lockText())
              .field("Policy", policy.text(text -> text))
              .field(
                  "Notifications",
                  notifications.text(n -> String.join(", ", n.events()) + " to " + n.topic()));
      if (!tags.isEmpty()) {
        fields.field("Tags", tags.toString());
      }
      fields.end();
    }

    @Override
    public JsonNode json() {
      ObjectNode json = AwsJson.vault(vault);
      policy.value().ifPresent(text -> json.put("policy", text));
      notifications
          .value()
          .ifPresent(
              found -> {
                ObjectNode node = json.putObject("notifications").put("topicArn", found.topic());
                ArrayNode events = node.putArray("events");
                found.events().forEach(events::add);
              });
      json.set("tags", Json.texts(tags));
      return json;
    }
  }
}
