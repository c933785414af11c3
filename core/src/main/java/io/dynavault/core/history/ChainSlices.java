// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.Commit;
import io.dynavault.format.item.KeySchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which chain of a table is asked about which part of a span: each moment belongs to the newest
 * chain that had begun by then, so that a change that two chains have is found once. Chains of
 * another key, of a table that has been created anew, are left out.
 */
final class ChainSlices {
  private final ChangeQuery query;
  private final Instant now;
  private final List<ChainSlice> slices = new ArrayList<>();
  private final List<TimeSpan> unknown = new ArrayList<>();
  private final List<TimeSpan> otherKey = new ArrayList<>();
  private Optional<Instant> completeTo = Optional.empty();

  private ChainSlices(ChangeQuery query, Instant now) {
    this.query = requireNonNull(query, "query is null");
    this.now = requireNonNull(now, "now is null");
  }

  /**
   * @param chains of one table, oldest first
   */
  static ChainSlices of(List<ChainLog> chains, KeySchema keys, ChangeQuery query, Instant now) {
    ChainSlices found = new ChainSlices(query, now);
    for (int i = 0; i < chains.size(); i++) {
      Optional<Instant> next =
          i + 1 < chains.size() ? Optional.of(begin(chains.get(i + 1))) : Optional.empty();
      found.add(chains.get(i), keys, i == 0, next);
    }
    return found;
  }

  /** Oldest first. */
  List<ChainSlice> slices() {
    return slices;
  }

  /** Parts of the span of which no chain has the changes, oldest first. */
  List<TimeSpan> unknown() {
    return unknown;
  }

  /** Parts of the span in which the table had another key, oldest first. */
  List<TimeSpan> otherKey() {
    return otherKey;
  }

  /** Where the last one of the chains ends that were asked. */
  Optional<Instant> completeTo() {
    return completeTo;
  }

  private void add(ChainLog log, KeySchema keys, boolean first, Optional<Instant> next) {
    Instant begin = begin(log);
    boolean over =
        next.isPresent() && query.from().filter(from -> !from.isBefore(next.get())).isPresent();
    boolean ahead = !first && query.to().filter(to -> !begin.isBefore(to)).isPresent();
    if (over || ahead) {
      return;
    }
    (first ? query.from() : Optional.of(begin))
        .ifPresent(from -> unknown(from, log.completeFrom()));
    if (!log.chain().table().keySchema().equals(keys)) {
      next.flatMap(end -> clipped(begin, end)).ifPresent(otherKey::add);
      return;
    }
    Optional<Commit> last = ChainReach.lastKnown(log);
    // Commits may have been lost that the end of the chain speaks of.
    Instant end =
        earliest(log.end().map(ChainEnd::completeTo), last.map(Commit::completeTo))
            .filter(time -> last.isPresent() && time.isAfter(begin))
            .orElse(begin);
    completeTo = Optional.of(end);
    next.or(query::to).or(() -> openEnd(end)).ifPresent(until -> unknown(end, until));
    if (last.isPresent()) {
      Optional<Instant> own = first ? Optional.empty() : Optional.of(begin);
      slices.add(
          new ChainSlice(log, last.get(), latest(own, query.from()), earliest(next, query.to())));
    }
  }

  /** Without an end all that is known is asked for; but something has to be known. */
  private Optional<Instant> openEnd(Instant end) {
    return query
        .from()
        .filter(from -> !from.isBefore(end))
        .map(from -> from.isBefore(now) ? now : from.plusSeconds(1));
  }

  /** Times of changes are whole seconds. */
  static Instant begin(ChainLog log) {
    return log.chain().started().truncatedTo(ChronoUnit.SECONDS);
  }

  private void unknown(Instant from, Instant to) {
    clipped(from, to).ifPresent(unknown::add);
  }

  /** As much of a span as is asked about. */
  private Optional<TimeSpan> clipped(Instant from, Instant to) {
    Instant first = query.from().filter(from::isBefore).orElse(from);
    Instant last = query.to().filter(to::isAfter).orElse(to);
    return first.isBefore(last) ? Optional.of(new TimeSpan(first, last)) : Optional.empty();
  }

  private static Optional<Instant> latest(Optional<Instant> a, Optional<Instant> b) {
    return a.isPresent() && b.isPresent() ? (a.get().isAfter(b.get()) ? a : b) : a.or(() -> b);
  }

  private static Optional<Instant> earliest(Optional<Instant> a, Optional<Instant> b) {
    return a.isPresent() && b.isPresent() ? (a.get().isBefore(b.get()) ? a : b) : a.or(() -> b);
  }
}
