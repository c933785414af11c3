// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.Optional;

/**
 * The moments from one to another, both included, each of which can be restored.
 *
 * @param chain of a continuous backup; empty where it is the one moment at which an export, or a
 *     chain of exports, ends
 */
public record RecoveryWindow(Instant earliest, Instant latest, Optional<RecoveryPointId> chain) {
  public RecoveryWindow {
    requireNonNull(earliest, "earliest is null");
    requireNonNull(latest, "latest is null");
    requireNonNull(chain, "chain is null");
    if (latest.isBefore(earliest)) {
      throw new IllegalArgumentException("a window ends before it begins");
    }
  }

  /** Whether a moment lies in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(earliest) && !moment.isAfter(latest);
  }
}
