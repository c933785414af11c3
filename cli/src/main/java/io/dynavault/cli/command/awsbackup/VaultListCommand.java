// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists vaults. */
@Command(name = "list", description = "Lists the vaults of AWS Backup in the account and region.")
@CommandTraits(
    examples = {"dynavault aws-backup vault list --region eu-west-1"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultListCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      session.output().show(new ListView(new Vaults(clients.backup()).list()));
      return ExitStatus.OK;
    }
  }

  private record ListView(List<AwsVault> vaults) implements View {
    @Override
    public void text(Page page) {
      if (vaults.isEmpty()) {
        page.line("no vaults");
        return;
      }
      TextTable table = TextTable.of("VAULT", ">RECOVERY POINTS", "LOCK", "CREATED");
      for (AwsVault vault : vaults) {
        table.row(
            vault.name(),
            Counts.text(vault.recoveryPoints()),
            vault.lockText(),
            vault.created().map(TimeText::moment).orElse(""));
      }
      page.table(table);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("vaults");
      vaults.forEach(vault -> array.add(AwsJson.vault(vault)));
      return json;
    }
  }
}
