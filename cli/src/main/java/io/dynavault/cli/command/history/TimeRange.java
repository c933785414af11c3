// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import io.dynavault.cli.command.ToTime;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.history.ChangeQuery;
import io.dynavault.core.history.ChangeSearch;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which span of time changes are meant. */
final class TimeRange {
  @Option(
      names = "--from",
      paramLabel = "TIME|-SPAN",
      converter = ToTime.Converter.class,
      description = "changes from this time on, such as 2026-11-21T14:03:00+01:00 or -15m")
  private @Nullable ToTime from;

  @Option(
      names = "--to",
      paramLabel = "TIME|latest|-SPAN",
      converter = ToTime.Converter.class,
      description = "changes before this time")
  private @Nullable ToTime to;

  boolean isUsed() {
    return from != null || to != null;
  }

  /** The search in what the table was in this span. */
  ChangeSearch of(ChangeSearch search, Instant now) {
    return Optional.ofNullable(to).flatMap(time -> time.at(now)).map(search::before).orElse(search);
  }

  /** The query for changes of this span. */
  ChangeQuery query(ItemSelection selection, ChangeQuery.Images images, Instant now) {
    Optional<Instant> first = Optional.ofNullable(from).flatMap(time -> time.at(now));
    Optional<Instant> end = Optional.ofNullable(to).flatMap(time -> time.at(now));
    if (from != null && from.isLatest()) {
      throw unable("--from cannot be the latest");
    }
    if (first.isPresent() && end.isPresent() && end.get().isBefore(first.get())) {
      throw unable("--to %s is before --from %s".formatted(end.get(), first.get()));
    }
    return new ChangeQuery(first, end, selection, images);
  }

  private static DynavaultException unable(String reason) {
    return new DynavaultException(ErrorCode.USAGE, "unable to search changes: " + reason);
  }
}
