// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

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
 * @param last the last commit that can be read
 * @param bases at least one that begins in the window
 */
record ChainWindow(ChainLog log, Commit last, List<UsableBase> bases, RecoveryWindow window) {
  ChainWindow {
    requireNonNull(log, "log is null");
    requireNonNull(last, "last is null");
    bases = List.copyOf(bases);
    requireNonNull(window, "window is null");
  }

  /** Empty as long as it has no base whose record can be read, or none that its commits reach. */
  static Optional<ChainWindow> of(ChainLog log, Optional<Commit> last, Catalog catalog) {
    return last.flatMap(commit -> of(log, commit, catalog));
  }

  private static Optional<ChainWindow> of(ChainLog log, Commit last, Catalog catalog) {
    Instant latest = UsableBase.latest(log, last);
    List<UsableBase> bases = UsableBase.of(log, catalog, last);
    Optional<Instant> earliest =
        bases.stream().map(UsableBase::from).min(Comparator.naturalOrder());
    return earliest.map(
        from ->
            new ChainWindow(
                log, last, bases, new RecoveryWindow(from, latest, Optional.of(log.chain().id()))));
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
