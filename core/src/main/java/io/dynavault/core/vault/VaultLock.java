// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rule of a locked vault: nothing younger than the minimum is deleted, nothing is backed up for
 * less than the minimum or more than the maximum. It means what AWS Backup Vault Lock means.
 *
 * @param minRetentionDays 1 to 36500
 * @param maxRetentionDays not less than the minimum, to 36500; empty is unlimited
 * @param lockDate from when on nobody may change it; for {@link LockMode#COMPLIANCE} alone
 */
public record VaultLock(
    LockMode mode, int minRetentionDays, OptionalInt maxRetentionDays, Optional<Instant> lockDate) {
  static final int MAX_DAYS = 36_500;

  /** The least time in which a compliance lock can still be changed. */
  public static final Duration MIN_GRACE = Duration.ofDays(3);

  public VaultLock {
    requireNonNull(mode, "mode is null");
    requireNonNull(maxRetentionDays, "maxRetentionDays is null");
    requireNonNull(lockDate, "lockDate is null");
    if (minRetentionDays < 1 || minRetentionDays > MAX_DAYS) {
      throw new IllegalArgumentException("the minimum retention must be 1 to 36500 days");
    }
    int max = maxRetentionDays.orElse(MAX_DAYS);
    if (max < minRetentionDays || max > MAX_DAYS) {
      throw new IllegalArgumentException(
          "the maximum retention must be at least the minimum and at most 36500 days");
    }
    if (lockDate.isPresent() != (mode == LockMode.COMPLIANCE)) {
      throw new IllegalArgumentException("a lock date belongs to compliance mode, and only there");
    }
  }

  /** A lock that whoever may write to the vault may change. */
  public static VaultLock governance(int minRetentionDays, OptionalInt maxRetentionDays) {
    return new VaultLock(LockMode.GOVERNANCE, minRetentionDays, maxRetentionDays, Optional.empty());
  }

  /** A lock that nobody may change from {@code lockDate} on. */
  public static VaultLock compliance(
      int minRetentionDays, OptionalInt maxRetentionDays, Instant lockDate) {
    return new VaultLock(
        LockMode.COMPLIANCE, minRetentionDays, maxRetentionDays, Optional.of(lockDate));
  }

  /** Until when a recovery point is protected by this lock. */
  public Instant protectedUntil(CatalogEntry entry) {
    Instant minimum = entry.committed().plus(Duration.ofDays(minRetentionDays));
    return entry.point().deleteAfter().filter(minimum::isBefore).orElse(minimum);
  }

  /** Until when an object of a continuous backup is protected by this lock. */
  public Instant protectedUntil(Instant stored) {
    return stored.plus(Duration.ofDays(minRetentionDays));
  }

  /**
   * Refuses a backup that would be kept forever.
   *
   * @throws DynavaultException {@code LOCKED} if this lock has a maximum
   */
  public void requireAllowed(Instant startTime) {
    if (maxRetentionDays.isPresent()) {
      throw refused("it has no lifecycle, but the vault allows", startTime);
    }
  }

  /**
   * Refuses a backup whose lifecycle this lock does not allow.
   *
   * @throws DynavaultException {@code LOCKED} if it is shorter or longer than allowed
   */
  public void requireAllowed(Instant startTime, Instant deleteAfter) {
    if (deleteAfter.isBefore(startTime.plus(Duration.ofDays(minRetentionDays)))) {
      throw refused("it would be deleted at " + deleteAfter + ", but the vault demands", startTime);
    }
    Duration max = Duration.ofDays(maxRetentionDays.orElse(MAX_DAYS));
    if (deleteAfter.isAfter(startTime.plus(max))) {
      throw refused("it would be deleted at " + deleteAfter + ", but the vault allows", startTime);
    }
  }

  /**
   * Refuses a recovery point whose lifecycle this lock does not allow.
   *
   * @throws DynavaultException {@code LOCKED}
   */
  public void requireAllowed(RecoveryPoint point) {
    if (point.deleteAfter().isPresent()) {
      requireAllowed(point.startTime(), point.deleteAfter().get());
    } else {
      requireAllowed(point.startTime());
    }
  }

  /** Whether nobody may loosen this lock any more. */
  public boolean isFinal(Instant now) {
    return lockDate.filter(date -> !date.isAfter(now)).isPresent();
  }

  /** Whether this lock forbids everything that the other one forbids. */
  boolean isAtLeastAsTightAs(VaultLock other) {
    boolean finalNoLater =
        other.lockDate().isEmpty()
            || lockDate.filter(date -> !date.isAfter(other.lockDate().get())).isPresent();
    return finalNoLater
        && minRetentionDays >= other.minRetentionDays()
        && maxRetentionDays.orElse(MAX_DAYS) <= other.maxRetentionDays().orElse(MAX_DAYS);
  }

  private DynavaultException refused(String reason, Instant startTime) {
    String range =
        maxRetentionDays.isPresent()
            ? minRetentionDays + " to " + maxRetentionDays.getAsInt() + " days"
            : "at least " + minRetentionDays + " days";
    return new DynavaultException(
        ErrorCode.LOCKED,
        "unable to back up into the vault: " + reason + " " + range + " of retention",
        "give the backup a lifecycle that ends between "
            + startTime.plus(Duration.ofDays(minRetentionDays))
            + " and "
            + startTime.plus(Duration.ofDays(maxRetentionDays.orElse(MAX_DAYS))));
  }
}
