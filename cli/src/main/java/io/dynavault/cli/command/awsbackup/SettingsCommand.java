// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.RegionSettings;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows or changes the region's settings. */
@Command(
    name = "settings",
    description = {
      "Shows whether AWS Backup backs up tables in this region, and with which features.",
      "The advanced features for DynamoDB are copies to other regions and accounts, cold storage,"
          + " tags and keys of recovery points, and restore tests. --enable prints what it would"
          + " do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup settings",
      "dynavault aws-backup settings --enable --confirm"
    },
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class SettingsCommand implements CliCommand {
  @Option(names = "--enable", description = "opt in to DynamoDB with the advanced features")
  private boolean enable;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      RegionSettings settings = new RegionSettings(clients.backup());
      if (enable && confirmation.isGiven()) {
        settings.enable();
      }
      RegionSettings.Settings found = settings.describe();
      String now =
          "DynamoDB: "
              + (found.optedIn() ? "opted in" : "not opted in")
              + ", advanced features "
              + (found.advanced() ? "on" : "off");
      ObjectNode fields =
          Json.object().put("optedIn", found.optedIn()).put("advancedFeatures", found.advanced());
      boolean planned = enable && !confirmation.isGiven();
      session
          .output()
          .show(
              planned
                  ? Notice.planned(now + "; would enable both", fields)
                  : Notice.done(now, fields));
      return ExitStatus.OK;
    }
  }
}
