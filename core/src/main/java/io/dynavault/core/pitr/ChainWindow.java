// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chain with the bases that can be used.
 *
 * @param bases at least one that begins in the window
 */
record ChainWindow(ChainLog log, List<UsableBase> bases, RecoveryWindow window) {
  ChainWindow {
    bases = List.copyOf(bases);
  }

  static Optional<ChainWindow> of(ChainLog log, Catalog catalog) {
    Optional<Commit> last = log.last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Instant latest = UsableBase.latest(log, last.get());
    List<UsableBase> bases = UsableBase.of(log, catalog, last.get());
    Optional<Instant> earliest =
        bases.stream().map(UsableBase::from).min(Comparator.naturalOrder());
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
  UsableBase baseFor(Instant moment, Set<RecoveryPointId> preferred) {
    List<UsableBase> possible = bases.stream().filter(one -> !one.from().isAfter(moment)).toList();
    return possible.stream()
        .filter(one -> preferred.contains(one.point().id()))
        .findFirst()
        .or(() -> possible.stream().max(UsableBase.BY_AGE))
        .orElseThrow(() -> new IllegalArgumentException("not in the window: " + moment));
  }
}
