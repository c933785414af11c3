// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemLog;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restores tables. */
@Command(
    name = "restore",
    description = {
      "Restores tables from a vault, whoever keeps the backup, from exports that AWS wrote, or from"
          + " an on-demand backup.",
      "Creates each table from its recovery point with its indexes and settings; with"
          + " --on-conflict writes into tables that exist. What replaces or deletes items prints"
          + " its plan and acts with --confirm. Nothing is created or written before everything"
          + " is checked, for all tables."
    })
@CommandTraits(
    examples = {
      "dynavault restore --vault s3://my-backups/vault --table orders --target-table orders-2",
      "# back to what it was: only what differs is written or deleted",
      "dynavault restore orders --at 2026-11-21T09:30:00Z --on-conflict identical --confirm \\",
      "    --vault s3://my-backups/vault",
      "# an application's tables as they were a quarter of an hour ago, all at the same second",
      "dynavault restore 'shop-*' --to-time -15m --rename 'shop-*=restored-*' --vault ./vault",
      "# production into staging, without personal data",
      "dynavault restore 'prod-*' --rename 'prod-*=dev-*' --mask 'hash:email' --vault ./vault",
      "# can it be restored? exit status 0 if it can; the table is deleted again",
      "dynavault restore --table 'prod-*' --test --vault s3://my-backups/vault",
      "# an export of AWS, which does not say what the keys are",
      "dynavault restore s3://bucket/AWSDynamoDB/01715685260608-c488b4e1 --target-table copy \\",
      "    --key-schema pk:S,sk:N",
      "# by AWS's ImportTable: no write capacity, new tables only",
      "dynavault restore --vault s3://my-backups/vault --table orders --target-table orders-2 \\",
      "    --via import"
    },
    options = {
      OptionGroup.RESTORE,
      OptionGroup.COMPARE,
      OptionGroup.RESTORE_TABLES,
      OptionGroup.AWS_BACKUP,
      OptionGroup.NOTIFY
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
public final class RestoreCommand implements CliCommand {
  @Mixin private RestoreCommandOptions options = new RestoreCommandOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    Operation operation = options.target().isTest() ? Operation.RESTORE_TEST : Operation.RESTORE;
    return RunNotice.run(session, operation, notice -> restore(session, notice));
  }

  private ExitStatus restore(Session session, RunNotice notice) throws InterruptedException {
    if (options.isDryRun()) {
      notice.silence();
    }
    try (RestoreOrders orders = options.orders(session)) {
      if (!orders.managed().isEmpty()) {
        return new ManagedRestores(session, notice, options.validate(), options.isDryRun())
            .run(orders.managed(), options.afterwards());
      }
      return options.isImport()
          ? new ImportedRestores(session, notice, options).run(orders.list())
          : restore(session, notice, orders);
    }
  }

  private ExitStatus restore(Session session, RunNotice notice, RestoreOrders orders)
      throws InterruptedException {
    int tables = session.config().value(ConfigOptions.RESTORE_TABLES);
    int threads = tables * 2 * session.config().value(ConfigOptions.RESTORE_WORKERS);
    try (TableClients clients = TableClients.open(session.wiring().endpoint());
        DynamoDbTransport transport = session.wiring().openTransport(threads);
        RestorePlanning planning =
            new RestorePlanning(
                session,
                options,
                new TableDescriber(clients),
                new RestorePlanner(transport.endpoint()))) {
      List<PlannedRestore> plans = planning.plan(orders.list());
      boolean mustConfirm = plans.stream().anyMatch(planned -> planned.plan().destructive());
      if (options.isDryRun() || (mustConfirm && !options.isConfirmed())) {
        notice.silence();
        session.output().show(new RestorePlansView(plans, mustConfirm));
        return ExitStatus.OK;
      }
      plans.stream()
          .flatMap(planned -> planned.allNotes().stream())
          .distinct()
          .forEach(note -> session.output().message("note: " + note));
      return restore(session, notice, plans, clients, transport);
    }
  }

  private ExitStatus restore(
      Session session,
      RunNotice notice,
      List<PlannedRestore> plans,
      TableClients clients,
      DynamoDbTransport transport)
      throws InterruptedException {
    DifferenceList differences = new DifferenceList();
    Optional<ValidationReport> report =
        options.validate().reportFile().map(file -> ValidationReport.to(session, file));
    try (ItemLog items = itemLog(session)) {
      List<Outcome<TableRestore>> outcomes;
      try (ProgressBoard board = ProgressBoard.start(session)) {
        outcomes =
            new TableRestores(session, clients, transport, items, differences, board)
                .run(plans, options.level(), options.afterwards());
      }
      if (report.isPresent()) {
        report.get().write(outcomes, differences);
      }
      return new RestoreReport(session.output(), items, notice).print(outcomes);
    }
  }

  private ItemLog itemLog(Session session) {
    return options
        .failuresFile()
        .map(file -> session.context().workingDirectory().resolve(file))
        .map(file -> ItemLog.to(session.output(), file))
        .orElseGet(() -> ItemLog.to(session.output()));
  }
}
