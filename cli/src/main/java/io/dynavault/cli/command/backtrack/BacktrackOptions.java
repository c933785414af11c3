// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backtrack;

import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.command.ToTime;
import io.dynavault.core.backtrack.BacktrackRequest;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be rolled back to what. */
final class BacktrackOptions {
  @Parameters(index = "0", arity = "0..1", paramLabel = "TABLE", description = "the live table")
  private @Nullable String table;

  @Option(
      names = "--to-time",
      paramLabel = "TIME|-SPAN",
      converter = ToTime.Converter.class,
      description =
          "items become what they were at this second, before what changed in it, such as"
              + " 2026-11-21T14:02:59+01:00, or -15m")
  private @Nullable ToTime toTime;

  @Option(
      names = "--changed-from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "only items that have changed at or after this time (default that of --to-time)")
  private @Nullable Instant changedFrom;

  @Option(
      names = "--changed-to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "only items that have changed before this time (default now)")
  private @Nullable Instant changedTo;

  @Option(
      names = "--unless-changed-since",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "leave items alone that have changed at or after this time, such as the time of a plan"
              + " or of a repair, and name them")
  private @Nullable Instant unlessChangedSince;

  @Mixin private ItemChoice items = new ItemChoice();

  /** Whether anything is chosen that an undo file decides by itself. */
  boolean isUsed() {
    return table != null
        || toTime != null
        || changedFrom != null
        || changedTo != null
        || unlessChangedSince != null
        || items.isUsed();
  }

  String table() {
    if (table == null) {
      throw usage("no table is named", "name the table, or an undo file with --undo");
    }
    return table;
  }

  /**
   * What is asked for.
   *
   * @param clock that spans are counted back from
   */
  BacktrackRequest request(TableDefinition live, Session session, InstantSource clock) {
    if (toTime == null) {
      throw usage(
          "no time is given", "say what it is to go back to with --to-time 2026-11-21T14:02:59Z");
    }
    Optional<Duration> span = toTime.ago();
    Instant time =
        toTime
            .time()
            .or(() -> span.map(ago -> clock.instant().minus(ago)))
            .orElseThrow(
                () -> usage("the latest time is what the table is now", "give the time before it"));
    return new BacktrackRequest(
        time,
        Optional.ofNullable(changedFrom),
        Optional.ofNullable(changedTo),
        Optional.ofNullable(unlessChangedSince),
        items.selection(live.keySchema(), live.settings().timeToLiveAttribute(), session.now()));
  }

  /** Whether somebody has said what happens to items that change after the plan. */
  boolean isGuarded() {
    return unlessChangedSince != null;
  }

  static DynavaultException usage(String reason, String hint) {
    return new DynavaultException(ErrorCode.USAGE, "unable to roll back: " + reason, hint);
  }
}
