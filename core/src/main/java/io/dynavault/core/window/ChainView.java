// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.pitr.RecoveryWindow;
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

  static ChainView of(ChainLog log, Vault vault, boolean newest) {
    return new ChainView(
        log,
        UsableBase.of(log, vault.catalog()),
        RecoveryWindow.of(log, vault.catalog()).map(RecoveryWindow::latest),
        log.last(),
        !newest || log.end().isPresent());
  }

  /** The chain has no change of this moment or later. */
  boolean isBefore(Instant moment) {
    Instant end = last.map(Commit::completeTo).orElse(log.chain().started());
    return over && !end.isAfter(moment) && !log.chain().started().isAfter(moment);
  }
}
