// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.pitr.UsableBase;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A chain as retention sees it.
 *
 * @param bases those that can be used, by their first moments
 * @param latest the last moment that can be restored with it; empty where nothing can
 * @param over whether nobody goes on with it
 */
record ChainView(
    ChainLog log,
    List<UsableBase> bases,
    Optional<Instant> latest,
    Optional<Commit> last,
    boolean over) {
  ChainView {
    bases = List.copyOf(bases);
  }

  /**
   * A chain that has not ended may be gone on with, whatever came after it; only what is left of a
   * removal that was cut short has neither commits nor an end.
   */
  static ChainView of(ChainLog log, Vault vault, boolean newest) {
    Optional<Commit> last = log.last();
    List<UsableBase> bases =
        last.map(commit -> UsableBase.of(log, vault.catalog(), commit)).orElse(List.of());
    Optional<Instant> latest =
        bases.isEmpty() ? Optional.empty() : last.map(commit -> UsableBase.latest(log, commit));
    return new ChainView(
        log, bases, latest, last, log.end().isPresent() || (!newest && last.isEmpty()));
  }

  /** The chain has no change of this moment or later. */
  boolean isBefore(Instant moment) {
    Instant end = last.map(Commit::completeTo).orElse(log.chain().started());
    return over && !end.isAfter(moment) && !log.chain().started().isAfter(moment);
  }
}
