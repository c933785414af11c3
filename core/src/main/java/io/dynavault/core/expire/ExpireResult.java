// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.window.ChainDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What retention did.
 *
 * @param removed deleted recovery points
 * @param held not deleted because something protects them, the store included: no failure
 * @param failed not deleted, or not wholly, for other reasons
 * @param chains continuous backups of which something has expired, or was to
 */
public record ExpireResult(
    List<CatalogEntry> removed,
    List<NotRemoved> held,
    List<NotRemoved> failed,
    List<ExpiredChain> chains) {
  public ExpireResult {
    removed = List.copyOf(removed);
    held = List.copyOf(held);
    failed = List.copyOf(failed);
    chains = List.copyOf(chains);
  }

  /**
   * A continuous backup that was worked on.
   *
   * @param failure why not all of the decision was carried out
   */
  public record ExpiredChain(ChainDecision decision, Optional<DynavaultException> failure) {
    public ExpiredChain {
      requireNonNull(decision, "decision is null");
      requireNonNull(failure, "failure is null");
    }

    /** Whether it failed for another reason than that something protects it. */
    public boolean failed() {
      return failure.filter(reason -> !HELD.contains(reason.code())).isPresent();
    }
  }

  /** What says that something protects what was to be deleted. */
  static final Set<ErrorCode> HELD =
      Set.of(
          ErrorCode.LOCKED,
          ErrorCode.LEASE_HELD,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.RECOVERY_POINT_NEEDED);

  /** A recovery point that is still there, and why. */
  public record NotRemoved(CatalogEntry entry, DynavaultException reason) {
    public NotRemoved {
      requireNonNull(entry, "entry is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** The same with more that was not deleted. */
  public ExpireResult withFailed(List<NotRemoved> more) {
    List<NotRemoved> all = new ArrayList<>(failed);
    all.addAll(more);
    return new ExpireResult(removed, held, all, chains);
  }

  public long removedBytes() {
    return removed.stream().mapToLong(entry -> entry.point().storedBytes()).sum();
  }
}
