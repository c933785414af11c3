// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.capture.CaptureSurvey;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.window.ChainDecision;
import io.dynavault.core.window.ChainRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes continuous backups. */
@Command(
    name = "delete",
    description = {
      "Deletes the continuous backups of tables: all change files, and with them every second that"
          + " could be restored.",
      "Their bases stay, as recovery points that can be restored as any other. A table that is"
          + " captured is refused, and so is what the vault's lock, a hold or a reader protects."
          + " Prints what it would do; acts with --confirm. To keep the last days, see dynavault"
          + " expire --keep-window."
    })
@CommandTraits(
    examples = {
      "dynavault continuous delete orders --vault s3://my-backups/vault",
      "dynavault continuous delete orders --vault s3://my-backups/vault --confirm"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
final class ContinuousDeleteCommand implements CliCommand {
  @Mixin private ContinuousTables tables = new ContinuousTables();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    if (!tables.isUsed()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to delete continuous backups: no table is named",
          "name one, or '*' for all: dynavault continuous delete TABLE");
    }
    try (OpenVault open = session.wiring().openVault()) {
      Vault vault = open.vault();
      List<String> names =
          tables.among(new CaptureSurvey(vault, session.context().timing().clock()).tables());
      return confirmation.isGiven()
          ? delete(new ChainRemoval(vault), names, session.output())
          : plan(new ChainRemoval(vault), names, session.output());
    }
  }

  private static ExitStatus plan(ChainRemoval removal, List<String> names, Output output)
      throws InterruptedException {
    List<ChainDecision> decisions = new ArrayList<>();
    for (String name : names) {
      decisions.addAll(removal.plan(name));
    }
    output.show(new PlanView(decisions));
    return ExitStatus.OK;
  }

  private static ExitStatus delete(ChainRemoval removal, List<String> names, Output output)
      throws InterruptedException {
    List<Outcome<List<ChainDecision>>> outcomes = new ArrayList<>();
    for (String name : names) {
      try {
        List<ChainDecision> gone = removal.run(name);
        print(output, name, gone);
        outcomes.add(new Outcome<>(name, Optional.of(gone), Optional.empty()));
      } catch (DynavaultException e) {
        if (e.code() == ErrorCode.INTERRUPTED) {
          throw e;
        }
        outcomes.add(new Outcome<>(name, Optional.empty(), Optional.of(e)));
      }
    }
    return Outcomes.report(output, Outcomes.Subject.TABLE, outcomes, Json.object());
  }

  private static void print(Output output, String table, List<ChainDecision> gone) {
    if (output.isJson()) {
      output.event(
          MessageType.ITEM,
          Json.object()
              .put("tableName", table)
              .put("chains", gone.size())
              .put("files", files(gone))
              .put("storedBytes", bytes(gone)));
    } else {
      output
          .page()
          .line(
              "deleted the continuous backup of table %s: %s, %s",
              table, Counts.of(files(gone), "change file"), ByteSize.text(bytes(gone)));
    }
  }

  private static long files(List<ChainDecision> chains) {
    return chains.stream().mapToLong(chain -> chain.volume().files()).sum();
  }

  private static long bytes(List<ChainDecision> chains) {
    return chains.stream().mapToLong(chain -> chain.volume().bytes()).sum();
  }

  /** What would go. */
  private record PlanView(List<ChainDecision> chains) implements View {
    @Override
    public void text(Page page) {
      TextTable table =
          TextTable.of("TABLE", "CHAIN", ">FILES", ">SIZE", ">BASES", "ACTION", "WHY");
      for (ChainDecision chain : chains) {
        table.row(
            chain.tableName(),
            chain.chain().value(),
            Counts.text(chain.volume().files()),
            ByteSize.text(chain.volume().bytes()),
            Counts.text(chain.released().size()),
            chain.removes() ? "delete" : "keep",
            chain.reason());
      }
      page.table(table).blank();
      page.line(
          "%s would be deleted, %s; the bases stay as recovery points.",
          Counts.of(files(chains), "change file"), ByteSize.text(bytes(chains)));
      Confirmation.remind(page, chains.stream().noneMatch(ChainDecision::removes));
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object().put("done", false);
      ArrayNode array = json.putArray("chains");
      for (ChainDecision chain : chains) {
        array
            .addObject()
            .put("tableName", chain.tableName())
            .put("chain", chain.chain().value())
            .put("action", chain.removes() ? "DELETE" : "KEEP")
            .put("reason", chain.reason())
            .put("files", chain.volume().files())
            .put("storedBytes", chain.volume().bytes())
            .put("bases", chain.released().size());
      }
      return json;
    }
  }
}
