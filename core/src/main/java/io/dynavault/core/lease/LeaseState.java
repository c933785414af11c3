// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What a lease's object says.
 *
 * @param name what the lease is for
 * @param epoch grows with every new holder: the fencing token
 * @param acquired by the holder's clock; for people
 * @param renewals makes the content of every renewal another, and so its version
 * @param ttl how long it lasts without a renewal
 */
public record LeaseState(
    String name,
    long epoch,
    Phase phase,
    Holder holder,
    Instant acquired,
    long renewals,
    Duration ttl) {
  /** Whether somebody has it. */
  public enum Phase {
    HELD,
    RELEASED
  }

  /** Bounds how long a forged lease could hold others up. */
  private static final Duration MAX_TTL = Duration.ofHours(1);

  public LeaseState {
    requireNonNull(name, "name is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(holder, "holder is null");
    requireNonNull(acquired, "acquired is null");
    if (epoch < 1 || renewals < 0 || ttl.toSeconds() < 1 || ttl.compareTo(MAX_TTL) > 0) {
      throw new IllegalArgumentException("epoch, renewals or ttlSeconds is out of range");
    }
  }

  LeaseState renewed() {
    return new LeaseState(name, epoch, phase, holder, acquired, renewals + 1, ttl);
  }

  LeaseState released() {
    return new LeaseState(name, epoch, Phase.RELEASED, holder, acquired, renewals, ttl);
  }

  /** Whether the other state is of the same holding: same holder, same epoch. */
  boolean isSameHolding(LeaseState other) {
    return epoch == other.epoch && holder.id().equals(other.holder.id());
  }
}
