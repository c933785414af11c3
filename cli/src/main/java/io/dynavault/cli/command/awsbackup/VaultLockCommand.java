// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.VaultRetention;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Protects the recovery points of a vault of AWS Backup. */
@Command(
    name = "lock",
    description = {
      "Locks a vault of AWS Backup: its recovery points can be deleted by their lifecycle only.",
      "Backup and copy jobs whose retention is outside of the bounds fail from then on. In"
          + " governance mode whoever has the permission can take the lock away; with"
          + " --changeable-for-days (compliance mode) nobody can, AWS included, after these days."
          + " Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup vault lock main --min-retention-days 7 --confirm",
      "dynavault aws-backup vault lock main --min-retention-days 30 --max-retention-days 365 \\",
      "    --changeable-for-days 14 --confirm"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultLockCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();

  @Option(
      names = "--min-retention-days",
      paramLabel = "DAYS",
      description = "least retention of new recovery points (1 to 36500)")
  private @Nullable Integer minDays;

  @Option(
      names = "--max-retention-days",
      paramLabel = "DAYS",
      description = "longest retention of new recovery points (1 to 36500)")
  private @Nullable Integer maxDays;

  @Option(
      names = "--changeable-for-days",
      paramLabel = "DAYS",
      description = "compliance mode: days until nobody can change the lock (at least 3)")
  private @Nullable Integer changeableDays;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    VaultRetention lock = lock();
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Vaults vaults = new Vaults(clients.backup());
      AwsVault vault = vaults.describe(name.value());
      if (confirmation.isGiven()) {
        vaults.lock(vault.name(), lock);
        vault = vaults.describe(vault.name());
        show(session.output(), Notice.done("locked: " + vault.lockText(), AwsJson.vault(vault)));
      } else {
        show(session.output(), planned(lock, session.now()));
      }
      return ExitStatus.OK;
    }
  }

  private static void show(Output output, Notice notice) {
    output.show(notice);
  }

  private Notice planned(VaultRetention lock, Instant now) {
    StringBuilder text = new StringBuilder("would lock vault " + name.value() + ": ");
    if (lock.changeableDays().isPresent()) {
      Instant date = now.plus(Duration.ofDays(lock.changeableDays().getAsInt()));
      text.append("compliance, nobody can take it away after " + TimeText.moment(date));
    } else {
      text.append("governance");
    }
    lock.minDays().ifPresent(days -> text.append(", at least " + days + " days"));
    lock.maxDays().ifPresent(days -> text.append(", at most " + days + " days"));
    return Notice.planned(text.toString(), Json.object().put("name", name.value()));
  }

  private VaultRetention lock() {
    if (minDays == null && maxDays == null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to lock vault '" + name.value() + "': no bound is given",
          "give --min-retention-days, --max-retention-days or both");
    }
    try {
      return new VaultRetention(days(minDays), days(maxDays), days(changeableDays));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to lock vault '" + name.value() + "': " + e.getMessage());
    }
  }

  private static OptionalInt days(@Nullable Integer days) {
    return days == null ? OptionalInt.empty() : OptionalInt.of(days);
  }
}
