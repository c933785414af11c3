// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backtrack;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.backtrack.BacktrackPlan;
import io.dynavault.core.backtrack.BacktrackPlanner;
import io.dynavault.core.backtrack.BacktrackRequest;
import io.dynavault.core.backtrack.BacktrackResult;
import io.dynavault.core.backtrack.BacktrackRun;
import io.dynavault.core.backtrack.BacktrackTable;
import io.dynavault.core.backtrack.ChangeFiles;
import io.dynavault.core.backtrack.ChangedItems;
import io.dynavault.core.backtrack.UndoFile;
import io.dynavault.core.backtrack.UndoHeader;
import io.dynavault.core.backtrack.UndoWriter;
import io.dynavault.core.backtrack.WantedItems;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ServerClock;
import io.dynavault.format.item.KeyReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rolls items of a live table back in place. */
@Command(
    name = "backtrack",
    description = {
      "Rolls a live table back in place to what it was at a second, out of its continuous backup:"
          + " puts what was, deletes what was not, leaves the rest alone.",
      "Only items that have changed since are read and written. Prints what it would do; acts with"
          + " --confirm. Every item is written on the condition that it is still what was seen: one"
          + " that somebody changes meanwhile is named and left alone. What was written is taken"
          + " back with --undo and the undo file."
    })
@CommandTraits(
    examples = {
      "dynavault backtrack orders --to-time 2026-11-21T14:02:59+01:00 --vault ./vault",
      "# what a deployment wrote in 20 minutes, but not what was repaired since",
      "dynavault backtrack orders --to-time 2026-11-21T13:03:00Z --changed-to 2026-11-21T13:23:00Z"
          + " \\",
      "    --unless-changed-since 2026-11-21T13:23:00Z --confirm --vault ./vault",
      "dynavault backtrack --undo dynavault-undo-orders-20261121T133105Z.jsonl.gz --confirm"
    },
    options = {OptionGroup.RESTORE, OptionGroup.COMPARE},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class BacktrackCommand implements CliCommand {
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Mixin private BacktrackOptions options = new BacktrackOptions();

  @Option(
      names = "--undo",
      paramLabel = "FILE",
      description = "take back what the backtrack did that wrote this file")
  private @Nullable Path undo;

  @Option(
      names = "--undo-file",
      paramLabel = "FILE",
      description =
          "where the way back is written, gzip if it ends with .gz (default"
              + " dynavault-undo-TABLE-TIME.jsonl.gz in the working folder)")
  private @Nullable Path undoFile;

  @Option(
      names = "--show",
      description = "print every item with what changes in it, not the first ones only")
  private boolean show;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    if (undo == null) {
      return backtrack(session);
    }
    if (options.isUsed()) {
      throw BacktrackOptions.usage(
          "--undo takes back all of its file",
          "leave out the table, times and items; the file has them");
    }
    return undo(session, session.context().workingDirectory().resolve(undo));
  }

  /** By DynamoDB's clock, by which changes are dated, not by that of this machine. */
  private ExitStatus backtrack(Session session) throws InterruptedException {
    TableDefinition table = describe(session, options.table());
    try (DynamoDbTransport transport = session.wiring().openTransport(1)) {
      ServerClock clock =
          new ServerClock(transport, table.tableName(), session.context().timing().clock());
      return backtrack(session, table, options.request(table, session, clock), clock);
    }
  }

  private ExitStatus backtrack(
      Session session, TableDefinition table, BacktrackRequest request, ServerClock clock)
      throws InterruptedException {
    int workers = session.config().value(ConfigOptions.RESTORE_WORKERS);
    BacktrackReport report = report(session, table);
    try (OpenVault vault = session.wiring().openVault();
        ProgressBoard board = ProgressBoard.start(session)) {
      RunContext context = board.context(options.table());
      BacktrackPlan plan =
          new BacktrackPlanner(vault.store(), clock, report::waiting, context).plan(table, request);
      report.begin(plan);
      try (ChangedItems items = ChangeFiles.read(vault.store(), plan, workers, context)) {
        return act(
            session,
            new Work(table, items, request.selection(), Optional.of(request.toTime())),
            report,
            context);
      }
    }
  }

  private ExitStatus undo(Session session, Path file) throws InterruptedException {
    UndoHeader header = UndoFile.header(file);
    TableDefinition table = describe(session, header.tableName());
    if (!table.tableArn().equals(header.tableArn())) {
      throw BacktrackOptions.usage(
          "the undo file is that of table '%s', not '%s'"
              .formatted(header.tableArn(), table.tableArn()),
          "use the --region, --profile and --endpoint-url of the backtrack");
    }
    BacktrackReport report = report(session, table);
    try (UndoFile items = UndoFile.open(file, new KeyReader(table.keySchema()));
        ProgressBoard board = ProgressBoard.start(session)) {
      report.begin(items);
      return act(
          session,
          new Work(table, items, ItemSelection.everything(), Optional.empty()),
          report,
          board.context(table.tableName()));
    }
  }

  /** What is done with which items of a table. */
  private record Work(
      TableDefinition table,
      WantedItems items,
      ItemSelection selection,
      Optional<Instant> toTime) {}

  private ExitStatus act(Session session, Work work, BacktrackReport report, RunContext context)
      throws InterruptedException {
    int workers = session.config().value(ConfigOptions.RESTORE_WORKERS);
    try (DynamoDbTransport transport = session.wiring().openTransport(workers)) {
      BacktrackTable live =
          new BacktrackTable(
              transport,
              work.table(),
              workers,
              session.config().optional(ConfigOptions.RESTORE_WRITE_CAPACITY),
              session.config().optional(ConfigOptions.RESTORE_READ_CAPACITY));
      BacktrackRun run = new BacktrackRun(work.items(), live, work.selection(), context);
      if (!confirmation.isGiven()) {
        return report.planned(run.plan(report));
      }
      return act(session, work, report, run);
    }
  }

  /** The way back is told however the run ends. */
  private ExitStatus act(Session session, Work work, BacktrackReport report, BacktrackRun run)
      throws InterruptedException {
    UndoHeader header =
        new UndoHeader(
            work.table().tableName(),
            work.table().tableArn(),
            session.now(),
            work.toTime(),
            Version.current());
    UndoWriter writer =
        UndoWriter.create(
            undoFile(session, work.table()), header, new KeyReader(work.table().keySchema()));
    Optional<BacktrackResult> result = Optional.empty();
    try (writer) {
      result = Optional.of(run.run(writer, report));
    } finally {
      if (result.isEmpty()) {
        report.cutShort(writer);
      }
    }
    return report.done(result.get(), writer);
  }

  private Path undoFile(Session session, TableDefinition table) {
    String name =
        "dynavault-undo-%s-%s.jsonl.gz".formatted(table.tableName(), COMPACT.format(session.now()));
    return session
        .context()
        .workingDirectory()
        .resolve(undoFile == null ? Path.of(name) : undoFile);
  }

  private static TableDefinition describe(Session session, String name) {
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      return new TableDescriber(clients).describe(name).definition();
    }
  }

  private BacktrackReport report(Session session, TableDefinition table) {
    return new BacktrackReport(
        session.output(),
        table,
        show ? BacktrackReport.Detail.ALL : BacktrackReport.Detail.FIRST,
        options.isGuarded());
  }
}
