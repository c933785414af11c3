// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.CopyOrigin;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.Optional;

/**
 * What one chain gives.
 *
 * @param earliest the first second that can be restored; empty while the chain has no base
 * @param latest the last second that the chain is complete to
 * @param end why it has ended; empty while it goes on
 * @param origin from where it was copied; empty where it was captured into this vault
 * @param damage why not all of it can be read, one sentence; empty where it can, or has ended
 */
public record ChainStatus(
    RecoveryPointId id,
    Optional<Instant> earliest,
    Instant latest,
    Optional<ChainEnd> end,
    Optional<CopyOrigin> origin,
    Optional<String> damage) {
  public ChainStatus {
    requireNonNull(id, "id is null");
    requireNonNull(earliest, "earliest is null");
    requireNonNull(latest, "latest is null");
    requireNonNull(end, "end is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(damage, "damage is null");
  }

  ChainStatus damaged(String what) {
    return new ChainStatus(id, earliest, latest, end, origin, Optional.of(what));
  }
}
