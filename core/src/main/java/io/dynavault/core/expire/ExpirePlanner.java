// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.UnreadableRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides by rules, lifecycles and protections what is kept. Pure: it looks at nothing else. */
public final class ExpirePlanner {
  /** How far clocks of honest machines may differ. */
  public static final Duration TOLERANCE = Duration.ofMinutes(15);

  private final List<RetentionRule> rules;
  private final LastGood lastGood;
  private final Optional<Duration> window;

  /** Changes of continuous backups are kept for ever. */
  public ExpirePlanner(List<RetentionRule> rules, LastGood lastGood) {
    this(rules, lastGood, Optional.empty());
  }

  /**
   * @param rules may be empty: then only lifecycles remove anything
   * @param window of continuous backups, in which any second stays restorable; empty for ever
   */
  public ExpirePlanner(List<RetentionRule> rules, LastGood lastGood, Optional<Duration> window) {
    this.rules = List.copyOf(rules);
    this.lastGood = requireNonNull(lastGood, "lastGood is null");
    this.window = requireNonNull(window, "window is null");
    if (window.filter(length -> length.isNegative() || length.isZero()).isPresent()) {
      throw new IllegalArgumentException("the window is not longer than nothing: " + window);
    }
  }

  Optional<Duration> window() {
    return window;
  }

  LastGood lastGood() {
    return lastGood;
  }

  /**
   * Decides on all recovery points of a vault.
   *
   * @param now the earlier of all clocks at hand
   */
  public ExpirePlan plan(
      Instant now, List<ExpireCandidate> candidates, List<UnreadableRecord> unreadable) {
    Map<String, List<ExpireCandidate>> tables =
        candidates.stream()
            .collect(
                Collectors.groupingBy(
                    c -> c.entry().tableName(), TreeMap::new, Collectors.toList()));
    List<ExpirePlan.Decision> decisions = new ArrayList<>();
    for (List<ExpireCandidate> table : tables.values()) {
      table.sort(NEWEST_FIRST);
      decisions.addAll(new TableRetention(rules, lastGood, now, table).decide());
    }
    return new ExpirePlan(decisions, unreadable, List.of());
  }

  /** By the time of the data, never by name; the id only decides between equals. */
  private static final Comparator<ExpireCandidate> NEWEST_FIRST =
      Comparator.comparing((ExpireCandidate c) -> c.entry().point().startTime())
          .thenComparing(c -> c.entry().id())
          .reversed();
}
