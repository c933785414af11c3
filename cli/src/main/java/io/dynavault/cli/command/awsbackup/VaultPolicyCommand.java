// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.VaultPolicy;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows or changes the access policy of a vault of AWS Backup. */
@Command(
    name = "policy",
    description = {
      "Shows the access policy of a vault of AWS Backup, or changes it.",
      "--deny-deletion makes one that denies everybody to delete recovery points or to shorten"
          + " their lifecycle. A change prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup vault policy main",
      "dynavault aws-backup vault policy main --deny-deletion --confirm",
      "dynavault aws-backup vault policy main --set policy.json --confirm"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultPolicyCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();

  @ArgGroup(exclusive = true)
  private Change change = new Change();

  @Option(
      names = "--except-role",
      paramLabel = "ARN",
      description = "role that may delete nevertheless; can be given several times")
  private List<String> exceptRoles = List.of();

  @Mixin private Confirmation confirmation = new Confirmation();

  /** What becomes of the policy. */
  private static final class Change {
    @Option(names = "--set", paramLabel = "FILE", description = "set the policy in a JSON file")
    private @Nullable String file;

    @Option(names = "--deny-deletion", description = "set one that denies deletion")
    private boolean denyDeletion;

    @Option(names = "--remove", description = "take the policy away")
    private boolean remove;
  }

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Vaults vaults = new Vaults(clients.backup());
      String vault = vaults.describe(name.value()).name();
      Optional<String> present = vaults.policy(vault);
      if (change.file == null && !change.denyDeletion && !change.remove) {
        String text = present.map(VaultPolicy::readable).orElse("no policy");
        session.output().show(new PolicyView(vault, text, present));
        return ExitStatus.OK;
      }
      Optional<String> wanted = change.remove ? Optional.empty() : Optional.of(policy(session));
      if (confirmation.isGiven()) {
        wanted.ifPresentOrElse(
            policy -> vaults.setPolicy(vault, policy), () -> vaults.removePolicy(vault));
      }
      session.output().show(notice(vault, wanted));
      return ExitStatus.OK;
    }
  }

  private Notice notice(String vault, Optional<String> wanted) {
    ObjectNode fields = Json.object().put("name", vault);
    wanted.ifPresent(policy -> fields.put("policy", policy));
    return wanted.isPresent()
        ? Notice.of(
            confirmation,
            "set the policy of vault " + vault,
            "would set the policy of vault " + vault + ": " + wanted.get(),
            fields)
        : Notice.of(
            confirmation,
            "removed the policy of vault " + vault,
            "would remove the policy of vault " + vault,
            fields);
  }

  private String policy(Session session) {
    if (change.denyDeletion) {
      return VaultPolicy.denyDeletion(exceptRoles);
    }
    String file = String.valueOf(change.file);
    try {
      return VaultPolicy.normal(
          Files.readString(
              session.context().workingDirectory().resolve(file), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to read policy '" + file + "': " + e.getMessage(),
          "give a file with a JSON policy document");
    }
  }
}
