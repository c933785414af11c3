// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the target does not have of a chain, apart from its bases.
 *
 * @param from number of the first commit that is missing
 * @param to number of the source's last commit; before {@code from} where none is missing
 * @param before the commit before those that are missing, as the target has it
 * @param floor number of the last commit that has expired in the target; 0 for none
 * @param expiry what the copy has to begin with, where the source's first commits have expired
 * @param hours those whose index may have to be copied, oldest first
 * @param end that the chain has ended, where that is to be said in the target
 * @param there the chain in the target; empty where there is none
 */
record ChainDelta(
    ChainLog source,
    Optional<ChainLog> there,
    long from,
    long to,
    Optional<Commit> before,
    long floor,
    Optional<Expiry> expiry,
    List<Instant> hours,
    Optional<byte[]> end) {
  ChainDelta {
    requireNonNull(source, "source is null");
    requireNonNull(there, "there is null");
    requireNonNull(before, "before is null");
    requireNonNull(expiry, "expiry is null");
    hours = List.copyOf(hours);
    requireNonNull(end, "end is null");
  }

  /**
   * Compares the source's chain with what the target has.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_EXISTS} where the target has another chain of
   *     this id, {@code RECOVERY_POINT_NOT_FOUND} where commits that it lacks have expired in the
   *     source
   */
  static ChainDelta of(ChainLog source, Vault target) {
    return new ChainComparison(source, target).delta();
  }

  Chain chain() {
    return source.chain();
  }

  /** Whether the target has captured the chain itself: nothing is added to it. */
  boolean isCaptured() {
    return there.isPresent() && there.get().origin().isEmpty();
  }

  /** Whether the target lacks nothing but perhaps bases. */
  boolean isEmpty() {
    return there.isPresent() && from > to && hours.isEmpty() && end.isEmpty();
  }
}
