// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.cli.output.Counts;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.load.LoadPlan;
import io.dynavault.core.load.LoadPlanner;
import io.dynavault.core.load.LoadRequest;
import io.dynavault.core.load.LoadResult;
import io.dynavault.core.load.LoadRun;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the items of files into a table. */
@Command(
    name = "import",
    description = {
      "Imports items of CSV, JSON, DynamoDB JSON or Ion files into a table.",
      "Reads and checks all files first: where one item cannot be written none is. CSV is read as"
          + " DynamoDB's import reads it: columns of keys have the keys' types, all others are"
          + " text. Files can be compressed (.gz, .zst); - is standard input. Replacing items of"
          + " the table needs --confirm.",
      "With --via import-table AWS makes a new table of CSV, DynamoDB JSON or Ion files in S3. That"
          + " takes no write capacity, cannot be stopped, and leaves the table with what could be"
          + " read where something could not."
    })
@CommandTraits(
    examples = {
      "dynavault import orders.csv --table orders",
      "dynavault import items.json.gz --table orders --on-conflict overwrite --confirm",
      "dynavault cat latest --table orders --vault ./vault --key pk=7 |",
      "    dynavault import - --format dynamodb-json --table orders-copy",
      "# by AWS's ImportTable, into a new table",
      "dynavault import s3://my-files/orders/ --via import-table --table orders-2 \\",
      "    --key-schema pk:S,sk:N"
    },
    options = {OptionGroup.RESTORE, OptionGroup.NOTIFY},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
public final class ImportCommand implements CliCommand {
  @Mixin private ImportOptions options = new ImportOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return RunNotice.run(session, Operation.IMPORT, notice -> load(session, notice));
  }

  private ExitStatus load(Session session, RunNotice notice) throws InterruptedException {
    if (options.isDryRun()) {
      notice.silence();
    }
    if (options.isImportTable()) {
      return new TableImport(session, notice, options).run();
    }
    int workers = session.config().value(ConfigOptions.RESTORE_WORKERS);
    TableDefinition table = describe(session);
    try (OpenSources sources = options.sources(session);
        DynamoDbTransport transport = session.wiring().openTransport(workers)) {
      LoadRequest request =
          new LoadRequest(table, sources.list(), options.options(session.config()));
      LoadPlan plan;
      LoadResult result;
      ImportReport report = new ImportReport(session.output(), table.tableName());
      try (ProgressBoard board = ProgressBoard.start(session)) {
        RunContext context = board.context(table.tableName());
        LoadPlanner planner = new LoadPlanner(request, transport.endpoint(), context);
        plan = plan(planner, report);
        if (options.isDryRun() || (plan.destructive() && !options.isConfirmed())) {
          notice.silence();
          session.output().show(new ImportPlanView(plan));
          return ExitStatus.OK;
        }
        result = new LoadRun(request, transport, report::failed, context).run(plan);
      }
      report.printRest();
      notice.ended(List.of(line(result)));
      new ImportView(result, plan.onConflict()).print(session.output(), notice);
      return result.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }
  }

  private static TableLine line(LoadResult result) {
    TableLine line =
        TableLine.of(result.tableName(), result.complete() ? Result.SUCCESS : Result.PARTIAL)
            .withItems(result.written())
            .withDuration(result.duration());
    return result.complete()
        ? line
        : line.withFailure(
            new Failure(
                ErrorCode.INCOMPLETE.name(),
                Counts.of(result.failed(), "item") + " could not be written",
                ErrorCode.INCOMPLETE.hint()));
  }

  private static LoadPlan plan(LoadPlanner planner, ImportReport report)
      throws InterruptedException {
    try {
      return planner.plan(report::invalid);
    } catch (DynavaultException e) {
      report.printRest();
      throw e;
    }
  }

  private TableDefinition describe(Session session) {
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      return new TableDescriber(clients).describe(options.table()).definition();
    }
  }
}
