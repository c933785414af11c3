// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chain with the bases that can be used.
 *
 * @param bases at least one that begins in the window
 */
record ChainWindow(ChainLog log, List<Candidate> bases, RecoveryWindow window) {

  /** A base whose recovery point can be read. */
  record Candidate(Base base, RecoveryPoint point) {
    Instant from() {
      return base.restorableFrom();
    }

    /** By the changes that it leaves: the more, the less. */
    private static final Comparator<Candidate> BY_AGE =
        Comparator.comparing((Candidate one) -> one.base.afterCommit())
            .thenComparing(one -> one.base.changesSince().orElse(Instant.MIN))
            .thenComparing(Candidate::from);
  }

  ChainWindow {
    bases = List.copyOf(bases);
  }

  static Optional<ChainWindow> of(ChainLog log, Catalog catalog) {
    Optional<Commit> last = log.last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Instant complete = last.get().completeTo();
    Instant latest =
        log.end().map(ChainEnd::completeTo).filter(end -> end.isBefore(complete)).orElse(complete);
    List<Candidate> bases = new ArrayList<>();
    for (Base base : log.bases()) {
      if (base.completeWith() <= last.get().number() && !base.restorableFrom().isAfter(latest)) {
        find(log, base, catalog).ifPresent(point -> bases.add(new Candidate(base, point)));
      }
    }
    Optional<Instant> earliest = bases.stream().map(Candidate::from).min(Comparator.naturalOrder());
    return earliest.map(
        from ->
            new ChainWindow(
                log, bases, new RecoveryWindow(from, latest, Optional.of(log.chain().id()))));
  }

  /** What the end of a chain, or a base, says that commits had which are not there. */
  static Optional<String> lost(ChainLog log) {
    Optional<Commit> last = log.last();
    Instant complete = last.map(Commit::completeTo).orElse(log.chain().started());
    long number = last.map(Commit::number).orElse(0L);
    boolean cut =
        log.end().filter(end -> end.completeTo().isAfter(complete)).isPresent()
            || log.bases().stream().anyMatch(base -> base.completeWith() > number);
    return cut
        ? Optional.of(
            "chain '%s' has lost its last commits: those that are left are complete to %s"
                .formatted(log.chain().id(), complete))
        : Optional.empty();
  }

  /** The base that leaves the fewest changes to a moment of the window. */
  Candidate baseFor(Instant moment, Set<RecoveryPointId> preferred) {
    List<Candidate> possible = bases.stream().filter(one -> !one.from().isAfter(moment)).toList();
    return possible.stream()
        .filter(one -> preferred.contains(one.point().id()))
        .findFirst()
        .or(() -> possible.stream().max(Candidate.BY_AGE))
        .orElseThrow(() -> new IllegalArgumentException("not in the window: " + moment));
  }

  /** What is gone, damaged, or not the whole table, is no base. */
  private static Optional<RecoveryPoint> find(ChainLog log, Base base, Catalog catalog) {
    try {
      return catalog
          .get(log.chain().tableName(), base.recoveryPoint())
          .map(CatalogEntry::point)
          .filter(point -> !point.method().isManaged())
          .filter(point -> !point.isIncremental() && !point.filtered());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
