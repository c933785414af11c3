// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemMatch;
import io.dynavault.cli.command.LimitConverter;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.ToTime;
import io.dynavault.cli.command.history.ChangeReport.Detail;
import io.dynavault.cli.command.history.ChangeReport.Total;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.history.ChangeQuery;
import io.dynavault.core.history.ChangeQuery.Images;
import io.dynavault.core.history.ChangeSearch;
import io.dynavault.core.history.ChangeSearchResult;
import io.dynavault.core.table.TableSelection;
import io.dynavault.format.item.KeyReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows every version of an item that continuous backup has recorded. */
@Command(
    name = "history",
    description = {
      "Shows every version of an item: when it was written, and what has changed.",
      "Versions come out of the table's continuous backup, whose change files of the span are all"
          + " read. --at prints the item as it was at a moment, as cat does; where it was not"
          + " written shortly before, that reads a whole recovery point."
    })
@CommandTraits(
    examples = {
      "dynavault history orders --key pk=order-7 --vault ./vault",
      "dynavault history orders --key pk=order-7 --from -2d --vault ./vault --json",
      "dynavault history orders --key pk=order-7 --at 2026-11-21T14:02:59+01:00 --vault ./vault"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class HistoryCommand implements CliCommand {
  @Parameters(index = "0", paramLabel = "TABLE", description = "the table")
  private String table = "";

  @Mixin private ItemMatch items = new ItemMatch();

  @Mixin private TimeRange range = new TimeRange();

  @Option(
      names = "--at",
      paramLabel = "TIME|latest|-SPAN",
      converter = ToTime.Converter.class,
      description = "print only the item as it was at this moment, such as -15m")
  private @Nullable ToTime at;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = LimitConverter.class,
      description = "print at most N versions")
  private long limit = Long.MAX_VALUE;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    if (!items.hasKeys()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to show the history of an item: no key is given",
          "give one, such as --key pk=order-7; changes of all items are listed by: dynavault"
              + " changes "
              + table);
    }
    if (at != null) {
      if (range.isUsed()) {
        throw new DynavaultException(
            ErrorCode.USAGE, "unable to show a version: --at excludes --from and --to");
      }
      TableSelection.requireName(table);
      new VersionAt(session, table, at, items).print(limit);
      return ExitStatus.OK;
    }
    try (OpenSearch open = OpenSearch.in(session, table)) {
      ChangeSearch search = range.of(open.search(), session.now());
      ChangeQuery query =
          range.query(items.selection(search.keySchema()), Images.BOTH, session.now());
      ChangeReport report =
          new ChangeReport(
              session.output(), new KeyReader(search.keySchema()), Detail.DIFFERENCES, limit);
      ChangeSearchResult result = search.run(query, report::print);
      if (result.counts().total() == 0) {
        session
            .output()
            .message(
                "no change of such an item is recorded there; if it exists, it has been as it is"
                    + " all that time");
      }
      return report.summary(query, result, Total.SHOWN);
    }
  }
}
