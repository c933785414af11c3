// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemMatch;
import io.dynavault.cli.command.KeySchemaConverter;
import io.dynavault.cli.command.LimitConverter;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.history.DiffResult;
import io.dynavault.core.history.DiffRun;
import io.dynavault.core.job.RunContext;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what differs between two states of a table. */
@Command(
    name = "diff",
    description = {
      "Shows what differs between two states of a table: items that were added, removed or changed"
          + " from A to B, attribute by attribute, sorted by key.",
      "Both states are read, and once more where something differs; --counts reads them once."
          + " Ends with code 4 if they differ."
    })
@CommandTraits(
    examples = {
      "dynavault diff 01795253400000 latest --table orders --vault ./vault",
      "dynavault diff orders@2026-11-21T14:03:00+01:00 live:orders --vault ./vault",
      "# two exports that AWS wrote",
      "dynavault diff s3://b/AWSDynamoDB/01715685260608-c488b4e1"
          + " s3://b/AWSDynamoDB/01715771660608-d599c5f2 --key-schema pk:S,sk:N"
    },
    options = {OptionGroup.SCAN},
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class DiffCommand implements CliCommand {
  @Parameters(
      index = "0",
      paramLabel = "A",
      description = {
        "the earlier state: a table of the vault, which means its newest recovery point; latest,",
        "an id or the beginning of one; TABLE@TIME, TABLE@latest or TABLE@-15m out of continuous",
        "backup; live:TABLE; or the location of an export"
      })
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "the later state, given the same way")
  private String after = "";

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "table of recovery points; needed where the vault holds several")
  private @Nullable String table;

  @Mixin private ItemMatch items = new ItemMatch();

  @Option(names = "--counts", description = "only count what differs")
  private boolean counts;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = LimitConverter.class,
      description = "print at most N items")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--key-schema",
      paramLabel = "KEY",
      converter = KeySchemaConverter.class,
      description = "key of the table of two exports, such as pk:S,sk:N")
  private @Nullable KeySchema keySchema;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    DiffReport report;
    DiffResult result;
    try (ProgressBoard board = ProgressBoard.start(session);
        DiffState first = DiffState.open(session, name(before), board);
        DiffState second = DiffState.open(session, name(after), board)) {
      KeySchema schema = keySchema(first, second);
      RunContext context = board.context(before + " " + after);
      report = new DiffReport(session.output(), new KeyReader(schema), limit);
      DiffRun run =
          new DiffRun(
              first.items(context),
              second.items(context),
              new KeyReader(schema),
              items.selection(schema),
              session.config().value(ConfigOptions.SCAN_WORKERS),
              context);
      result = counts ? run.count() : run.run(report::print);
      first.check();
      second.check();
    }
    report.summary(result);
    return result.identical() ? ExitStatus.OK : ExitStatus.DAMAGED;
  }

  private StateName name(String text) {
    return StateName.of(text, Optional.ofNullable(table));
  }

  private KeySchema keySchema(DiffState first, DiffState second) {
    Set<KeySchema> schemas =
        Stream.concat(first.keySchema().stream(), second.keySchema().stream())
            .collect(Collectors.toSet());
    if (schemas.size() > 1) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to compare '%s' and '%s': their tables have other keys".formatted(before, after),
          "give two states of the table since it has this key; list those of each with: dynavault"
              + " continuous status, dynavault list");
    }
    return schemas.stream()
        .findFirst()
        .or(() -> Optional.ofNullable(keySchema))
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "unable to compare two exports: they do not say what their key is",
                    "give it with --key-schema, such as --key-schema pk:S,sk:N"));
  }
}
