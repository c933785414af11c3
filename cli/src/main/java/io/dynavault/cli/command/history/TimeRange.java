// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import io.dynavault.cli.command.TimeConverter;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.history.ChangeQuery;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which span of time changes are meant. */
final class TimeRange {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "changes from this time on, such as 2026-11-21T14:03:00+01:00")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "changes before this time")
  private @Nullable Instant to;

  boolean isUsed() {
    return from != null || to != null;
  }

  /** The query for changes of this span. */
  ChangeQuery query(ItemSelection selection, ChangeQuery.Images images) {
    if (from != null && to != null && to.isBefore(from)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to search changes: --to %s is before --from %s".formatted(to, from));
    }
    return new ChangeQuery(Optional.ofNullable(from), Optional.ofNullable(to), selection, images);
  }
}
