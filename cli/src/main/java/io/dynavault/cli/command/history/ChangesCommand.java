// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemMatch;
import io.dynavault.cli.command.LimitConverter;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.history.ChangeReport.Detail;
import io.dynavault.cli.command.history.ChangeReport.Total;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.history.ChangeQuery;
import io.dynavault.core.history.ChangeQuery.Images;
import io.dynavault.core.history.ChangeSearch;
import io.dynavault.format.item.KeyReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what was written to a table in a span of time. */
@Command(
    name = "changes",
    description = {
      "Lists what was written to a table in a span of time, oldest first, out of its continuous"
          + " backup.",
      "A filter takes changes whose item matches before or after them. With --keys the output is"
          + " one key a line, as --keys-file of other commands takes it."
    })
@CommandTraits(
    examples = {
      "dynavault changes orders --from 2026-11-21T14:03:00+01:00 --to 2026-11-21T14:20:00+01:00"
          + " --vault ./vault",
      "dynavault changes orders --from 2026-11-21T14:03:00Z --counts --vault ./vault",
      "dynavault changes orders --from 2026-11-21T14:03:00Z --keys --vault ./vault > keys.txt"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class ChangesCommand implements CliCommand {
  @Parameters(index = "0", paramLabel = "TABLE", description = "the table")
  private String table = "";

  @Mixin private TimeRange range = new TimeRange();

  @Mixin private ItemMatch items = new ItemMatch();

  @Option(names = "--counts", description = "only count them")
  private boolean counts;

  @Option(names = "--keys", description = "only the keys that were written, each once, sorted")
  private boolean keysOnly;

  @Option(names = "--images", description = "show what has changed; with --json both images, too")
  private boolean images;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = LimitConverter.class,
      description = "print at most N changes or keys")
  private long limit = Long.MAX_VALUE;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    if ((counts && (keysOnly || images)) || (keysOnly && images)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to list changes: --counts, --keys and --images exclude each other");
    }
    try (OpenSearch open = OpenSearch.in(session, table)) {
      ChangeSearch search = range.of(open.search(), session.now());
      ChangeQuery query =
          range.query(
              items.selection(search.keySchema()),
              images ? Images.BOTH : Images.NONE,
              session.now());
      ChangeReport report =
          new ChangeReport(
              session.output(),
              new KeyReader(search.keySchema()),
              images ? Detail.DIFFERENCES : Detail.EVENT,
              limit);
      if (counts) {
        return report.summary(query, search.count(query), Total.SHOWN);
      }
      return keysOnly
          ? report.summary(query, search.keys(query, report::print), Total.HIDDEN)
          : report.summary(query, search.run(query, report::print), Total.SHOWN);
    }
  }
}
