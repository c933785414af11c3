// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

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
import io.dynavault.core.delete.BaseRule;
import io.dynavault.core.delete.DeletePlan;
import io.dynavault.core.delete.DeletePlanner;
import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.delete.Deletion;
import io.dynavault.core.delete.Dependents;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes recovery points. */
@Command(
    name = "delete",
    description = {
      "Deletes recovery points.",
      "What the vault's lock, a hold or a running restore protects is refused, and so is what"
          + " incremental exports build on, unless they are deleted too, and the last base of a"
          + " continuous backup, whose changes cannot be restored without it. Prints what it would"
          + " do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault delete 01795253400123-0a1b2c3d --vault s3://my-backups/vault",
      "dynavault delete 01795253400123-0a1b2c3d --vault s3://my-backups/vault --confirm",
      "dynavault delete 01795253400000-0a1b2c3d --with-dependents --confirm"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
public final class DeleteCommand implements CliCommand {
  @Mixin private RecoveryPointChoice choice = new RecoveryPointChoice();

  @Option(
      names = "--with-dependents",
      description =
          "also delete the incremental exports that build on them, and the last base of a"
              + " continuous backup")
  private boolean withDependents;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault();
        ManagedBackups backups = session.wiring().managedBackups()) {
      Dependents dependents = new Dependents(open.vault().catalog());
      List<CatalogEntry> chosen = choice.find(open.vault().catalog());
      List<CatalogEntry> entries =
          withDependents ? dependents.with(chosen) : dependents.inOrder(chosen);
      BaseRule bases = withDependents ? BaseRule.MAY_GO : BaseRule.KEEP;
      if (confirmation.isGiven()) {
        return delete(new DeleteRun(open.vault(), backups, bases), entries, session.output());
      }
      DeletePlan plan = new DeletePlanner(open.vault(), bases).plan(entries);
      session.output().show(new DeletePlanView(plan, session.now()));
      return ExitStatus.OK;
    }
  }

  private static ExitStatus delete(DeleteRun run, List<CatalogEntry> entries, Output output)
      throws InterruptedException {
    List<Outcome<Deletion>> outcomes = new ArrayList<>();
    for (CatalogEntry entry : entries) {
      Outcome<Deletion> outcome = delete(run, entry);
      outcome.result().ifPresent(deletion -> print(output, deletion));
      outcomes.add(outcome);
    }
    long freed =
        outcomes.stream()
            .flatMap(outcome -> outcome.result().stream())
            .mapToLong(deletion -> deletion.point().storedBytes())
            .sum();
    return Outcomes.report(
        output, Outcomes.Subject.RECOVERY_POINT, outcomes, Json.object().put("storedBytes", freed));
  }

  private static Outcome<Deletion> delete(DeleteRun run, CatalogEntry entry)
      throws InterruptedException {
    String id = entry.id().value();
    try {
      Deletion deletion = run.delete(entry);
      return new Outcome<>(id, Optional.of(deletion), Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return new Outcome<>(id, Optional.empty(), Optional.of(e));
    }
  }

  private static void print(Output output, Deletion deletion) {
    String id = deletion.point().id().value();
    if (output.isJson()) {
      output.event(
          MessageType.ITEM,
          Json.object()
              .put("recoveryPointId", id)
              .put("tableName", deletion.point().tableName())
              .put("storedBytes", deletion.point().storedBytes())
              .put("objects", deletion.objects()));
    } else {
      output
          .page()
          .line(
              "deleted recovery point %s of table %s: %s, %s",
              id,
              deletion.point().tableName(),
              ByteSize.text(deletion.point().storedBytes()),
              Counts.of(deletion.objects(), "object"));
    }
  }
}
