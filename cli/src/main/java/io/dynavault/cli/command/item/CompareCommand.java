// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ContentSelection;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.ItemLog;
import io.dynavault.cli.command.MaskOptions;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.PercentConverter;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSettings;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.item.KeyReader;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a recovery point with a live table. */
@Command(
    name = "compare",
    description = {
      "Compares a recovery point, item by item, with a live table.",
      "Lists by key which items the table lacks (missing), has beside (extra) or has with other"
          + " attributes (different). What is written meanwhile shows as a difference or not."
    })
@CommandTraits(
    examples = {
      "dynavault compare latest --table orders --vault s3://my-backups/vault",
      "dynavault compare latest --table orders --with orders-restored --vault ./vault"
    },
    options = {OptionGroup.SCAN},
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class CompareCommand implements CliCommand {
  @Mixin private ContentSelection selection = new ContentSelection();

  @Option(
      names = "--with",
      paramLabel = "TABLE",
      description = "live table to compare with; without it the one that was backed up")
  private @Nullable String with;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      converter = PercentConverter.class,
      defaultValue = "100%",
      description =
          "compare only this share of the keys, always the same ones (default ${DEFAULT-VALUE})")
  private double samplePercent;

  @Mixin private ItemChoice items = new ItemChoice();
  @Mixin private MaskOptions mask = new MaskOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    CompareResult result;
    try (ProgressBoard board = ProgressBoard.start(session);
        OpenContent open = selection.open(session, board.stop()::request)) {
      String tableName = tableName(open.content().recoveryPoint());
      try (LiveTable live = LiveTable.open(session, tableName)) {
        result = compare(session, open, live, board.context(tableName));
      }
      open.check();
    }
    printSummary(session.output(), result);
    return result.identical() ? ExitStatus.OK : ExitStatus.DAMAGED;
  }

  private CompareResult compare(
      Session session, OpenContent open, LiveTable live, RunContext context)
      throws InterruptedException {
    TableDefinition table = live.definition();
    CompareRun run =
        new CompareRun(
            open.content(),
            live.scan(context),
            new KeyReader(table.keySchema()),
            scope(session, open, table),
            context);
    try (ItemLog log = ItemLog.to(session.output())) {
      CompareResult result =
          run.run(
              (difference, fingerprint, key) ->
                  log.add(table.tableName(), line(difference), json(difference)));
      log.print(session.output().page(), table.tableName());
      return result;
    }
  }

  private CompareScope scope(Session session, OpenContent open, TableDefinition table) {
    ItemSelection selection =
        items.selection(table.keySchema(), timeToLive(open, table), session.now());
    return new CompareScope(
        selection,
        selection,
        mask.transform(table.keySchema(), session.context()).orElse(UnaryOperator.identity()),
        samplePercent / 100);
  }

  private String tableName(Optional<RecoveryPoint> point) {
    return Optional.ofNullable(with)
        .or(() -> point.map(RecoveryPoint::tableName))
        .or(selection::table)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "unable to compare an export: no table is named",
                    "name the table to compare with by --with"));
  }

  private static Optional<String> timeToLive(OpenContent open, TableDefinition live) {
    return open.content()
        .recoveryPoint()
        .map(point -> point.table().settings())
        .flatMap(TableSettings::timeToLiveAttribute)
        .or(() -> live.settings().timeToLiveAttribute());
  }

  private static String line(Difference difference) {
    return "%-9s  %s".formatted(word(difference), difference.key());
  }

  private static String word(Difference difference) {
    return difference.kind().name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode json(Difference difference) {
    return Json.object().put("difference", difference.kind().name()).put("key", difference.key());
  }

  private static void printSummary(Output output, CompareResult result) {
    ObjectNode summary =
        Json.object()
            .put("identical", result.identical())
            .put("same", result.same())
            .put("missing", result.missing())
            .put("extra", result.extra())
            .put("different", result.different());
    output.event(MessageType.SUMMARY, summary);
    if (!output.isJson()) {
      output
          .page()
          .line(
              "%s: %s the same, %s missing, %s extra, %s different",
              result.identical() ? "identical" : "not identical",
              Counts.of(result.same(), "item"),
              Counts.text(result.missing()),
              Counts.text(result.extra()),
              Counts.text(result.different()));
    }
  }
}
