// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.DurationConverter;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.Period;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.table.NamePattern;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to keep. */
final class RetentionOptions {
  private static final Duration SHORTEST_WINDOW = Duration.ofHours(1);

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only for this table; * and ? are wildcards")
  private @Nullable String table;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "only for recovery points with this tag; can be given several times")
  private Map<String, String> tags = Map.of();

  @Option(names = "--keep-last", paramLabel = "N", description = "keep the N newest")
  private int last;

  @Option(
      names = "--keep-within",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "keep those at most this much older than the newest, such as 14d")
  private @Nullable Duration within;

  @Option(
      names = "--keep-hourly",
      paramLabel = "N",
      description = "keep the newest of each of the last N hours that have one")
  private int hourly;

  @Option(names = "--keep-daily", paramLabel = "N", description = "the same by day")
  private int daily;

  @Option(names = "--keep-weekly", paramLabel = "N", description = "the same by week")
  private int weekly;

  @Option(names = "--keep-monthly", paramLabel = "N", description = "the same by month")
  private int monthly;

  @Option(names = "--keep-yearly", paramLabel = "N", description = "the same by year")
  private int yearly;

  @Option(
      names = "--keep-window",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description =
          "of continuous backups keep any second restorable that is at most this much older than"
              + " the newest, such as 35d; older change files go (default: they all stay)")
  private @Nullable Duration window;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "where days begin, such as Europe/Berlin (default UTC)")
  private ZoneId zone = ZoneOffset.UTC;

  @Option(
      names = "--remove-last-good",
      description = "do not keep the last good recovery point of each table, as is done otherwise")
  private boolean removeLastGood;

  /** In which any second of a continuous backup stays restorable; empty for ever. */
  Optional<Duration> window() {
    if (window != null && window.compareTo(SHORTEST_WINDOW) < 0) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to keep a window of less than an hour: --keep-window " + window,
          "give it in days, such as --keep-window 35d");
    }
    return Optional.ofNullable(window);
  }

  LastGood lastGood() {
    return removeLastGood ? LastGood.MAY_REMOVE : LastGood.KEEP;
  }

  /**
   * One rule, or none where nothing is said.
   *
   * @throws DynavaultException {@code CONFIG_INVALID} if the rule keeps nothing
   */
  List<RetentionRule> rules() {
    Map<Period, Integer> periods = periods();
    boolean keepsNothing = last == 0 && within == null && periods.isEmpty();
    boolean isAboutPoints = (table != null && window == null) || !tags.isEmpty();
    if (keepsNothing && !isAboutPoints) {
      return List.of();
    }
    RetentionRule.Builder rule = RetentionRule.builder().tags(tags).keepLast(last).zone(zone);
    periods.forEach(rule::keep);
    if (table != null) {
      rule.tables(table);
    }
    if (within != null) {
      rule.keepWithin(within);
    }
    return List.of(rule.build());
  }

  /** Which tables are looked at. */
  NamePattern tables() {
    return new NamePattern(table == null ? "*" : table);
  }

  private Map<Period, Integer> periods() {
    Map<Period, Integer> periods = new EnumMap<>(Period.class);
    periods.put(Period.HOURLY, hourly);
    periods.put(Period.DAILY, daily);
    periods.put(Period.WEEKLY, weekly);
    periods.put(Period.MONTHLY, monthly);
    periods.put(Period.YEARLY, yearly);
    periods.values().removeIf(count -> count == 0);
    return periods;
  }
}
