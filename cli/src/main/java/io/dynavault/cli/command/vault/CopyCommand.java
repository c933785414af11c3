// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.Wiring;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.copy.CopyPlan;
import io.dynavault.core.copy.CopyPlanner;
import io.dynavault.core.copy.CopyRequest;
import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.copy.CopyRun;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.table.NamePattern;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies recovery points to another vault. */
@Command(
    name = "copy",
    description = {
      "Copies recovery points to another vault.",
      "Without RECOVERY-POINT all of the vault, or of --table, that the other one does not have."
          + " Every file is checked on the way. An incremental export takes what it builds on with"
          + " it. A copy that was interrupted goes on with the next one. The changes of continuous"
          + " backups are copied by: dynavault continuous copy"
    })
@CommandTraits(
    examples = {
      "dynavault copy latest --table orders --vault ./vault --target-vault s3://my-backups/vault",
      "dynavault copy --vault s3://my-backups/vault --target-vault s3://offsite/vault \\",
      "    --target-profile offsite --target-s3-region eu-central-1"
    },
    options = {OptionGroup.TARGET, OptionGroup.READ, OptionGroup.NOTIFY},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
public final class CopyCommand implements CliCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "RECOVERY-POINT",
      description = "latest, an id, or the beginning of one")
  private List<String> selectors = List.of();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only of this table; without RECOVERY-POINT * and ? are wildcards")
  private @Nullable String table;

  @Option(
      names = "--delete-after",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "age from now at which expire may delete the copies; without it as they are")
  private @Nullable Duration deleteAfter;

  @Option(names = "--dry-run", description = "print the plan and do nothing")
  private boolean dryRun;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return RunNotice.run(session, Operation.COPY, notice -> copy(session, notice));
  }

  private ExitStatus copy(Session session, RunNotice notice) throws InterruptedException {
    if (dryRun) {
      notice.silence();
    }
    Wiring wiring = session.wiring();
    try (OpenVault source = wiring.openVault();
        OpenVault target = wiring.openTargetVault()) {
      notice.about(target.vault(), List.of());
      CopyPlanner planner = new CopyPlanner(source.vault(), target.vault());
      CopyPlan plan = planner.plan(request(session, source.vault().catalog()));
      if (dryRun) {
        session.output().show(new CopyPlanView(plan));
        return ExitStatus.OK;
      }
      List<Outcome<CopyResult>> outcomes;
      try (ProgressBoard board = ProgressBoard.start(session)) {
        outcomes =
            new CopyRun(source.vault(), target.vault(), board.context("copy"), Version.current())
                .run(plan);
      }
      noteChanges(session, source.vault());
      return new CopyReport(session.output(), notice).print(outcomes);
    }
  }

  /** Whoever copies a whole vault would think that all of it is in the other one. */
  private void noteChanges(Session session, Vault source) {
    if (selectors.isEmpty()) {
      NamePattern pattern = new NamePattern(table == null ? "*" : table);
      List<String> captured =
          new ContinuousBackups(source.store()).tables().stream().filter(pattern::matches).toList();
      if (!captured.isEmpty()) {
        session
            .output()
            .message(
                "recovery points are copied; the continuous backup of %s is with: dynavault continuous copy"
                    .formatted(
                        captured.size() == 1
                            ? "table '" + captured.get(0) + "'"
                            : captured.size() + " tables"));
      }
    }
  }

  private CopyRequest request(Session session, Catalog catalog) {
    return new CopyRequest(
        entries(session, catalog),
        Optional.ofNullable(deleteAfter).map(session.now()::plus),
        session.config().value(ConfigOptions.READ_WORKERS));
  }

  private List<CatalogEntry> entries(Session session, Catalog catalog) {
    if (selectors.isEmpty()) {
      CatalogListing listing = catalog.list();
      UnreadableRecords.warn(session.output(), listing.unreadable());
      NamePattern pattern = new NamePattern(table == null ? "*" : table);
      return listing.entries().stream()
          .filter(entry -> pattern.matches(entry.tableName()))
          .toList();
    }
    return RecoveryPointChoice.find(catalog, table, selectors);
  }
}
