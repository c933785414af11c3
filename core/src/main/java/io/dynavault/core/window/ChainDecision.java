// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one chain.
 *
 * @param extent how much of it goes
 * @param earliest the first moment that can be restored with the chain afterwards
 * @param needed the base that leads there
 * @param released bases that count no more; their recovery points stay for now
 * @param expiry of the commits that go; empty for none
 * @param volume what they hold
 * @param reason why, for people
 */
public record ChainDecision(
    String tableName,
    RecoveryPointId chain,
    Extent extent,
    Optional<Instant> earliest,
    Optional<RecoveryPointId> needed,
    List<RecoveryPointId> released,
    Optional<Expiry> expiry,
    Volume volume,
    String reason) {
  /** How much of a chain goes. */
  public enum Extent {
    /** Nothing. */
    NOTHING,
    /** Its first commits, or bases before the one that is needed. */
    BEGINNING,
    /** All of it. */
    WHOLE
  }

  /**
   * What goes.
   *
   * @param bytes stored, of the change files
   */
  public record Volume(long commits, long files, long bytes) {
    static final Volume NONE = new Volume(0, 0, 0);
  }

  public ChainDecision {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(chain, "chain is null");
    requireNonNull(extent, "extent is null");
    requireNonNull(earliest, "earliest is null");
    requireNonNull(needed, "needed is null");
    released = List.copyOf(released);
    requireNonNull(expiry, "expiry is null");
    requireNonNull(volume, "volume is null");
    requireNonNull(reason, "reason is null");
  }

  /** Whether there is anything to do. */
  public boolean removes() {
    return extent != Extent.NOTHING;
  }
}
