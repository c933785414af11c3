// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A base of a chain whose record can be read, and whose changes have not expired. */
public record UsableBase(Base base, RecoveryPoint point) {
  /** By the changes that it leaves: the more, the less. */
  static final Comparator<UsableBase> BY_AGE =
      Comparator.comparing((UsableBase one) -> one.base.afterCommit())
          .thenComparing(one -> one.base.changesSince().orElse(Instant.MIN))
          .thenComparing(UsableBase::from);

  public UsableBase {
    requireNonNull(base, "base is null");
    requireNonNull(point, "point is null");
  }

  /** The first moment that can be restored with it. */
  public Instant from() {
    return base.restorableFrom();
  }

  /**
   * The bases of a chain from which its commits lead to some moment, by their first moments.
   *
   * @param last the last commit that can be read
   */
  public static List<UsableBase> of(ChainLog log, Catalog catalog, Commit last) {
    Instant latest = latest(log, last);
    long first = log.firstNumber();
    List<UsableBase> bases = new ArrayList<>();
    for (Base base : log.readableBases(damaged -> {})) {
      if (base.afterCommit() + 1 >= first
          && base.completeWith() <= last.number()
          && !base.restorableFrom().isAfter(latest)) {
        find(log, base, catalog).ifPresent(point -> bases.add(new UsableBase(base, point)));
      }
    }
    return bases;
  }

  /** The last moment that a chain with this last commit leads to. */
  public static Instant latest(ChainLog log, Commit last) {
    Instant complete = last.completeTo();
    return log.end()
        .map(ChainEnd::completeTo)
        .filter(end -> end.isBefore(complete))
        .orElse(complete);
  }

  /** What is wrong with the bases of a chain that has some, of which none can be used. */
  static Optional<String> damage(ChainLog log, Catalog catalog) {
    List<DynavaultException> failures = new ArrayList<>();
    for (Base base : log.readableBases(failures::add)) {
      try {
        if (catalog.get(log.chain().tableName(), base.recoveryPoint()).isPresent()) {
          return Optional.empty();
        }
      } catch (DynavaultException e) {
        if (e.code() != ErrorCode.DAMAGED) {
          throw e;
        }
        failures.add(e);
      }
    }
    return failures.stream()
        .findFirst()
        .map(
            failure ->
                "chain '%s' has no base that can be read: %s"
                    .formatted(log.chain().id(), failure.getMessage()));
  }

  /** What is gone, damaged, or not the whole table, is no base. */
  private static Optional<RecoveryPoint> find(ChainLog log, Base base, Catalog catalog) {
    try {
      return catalog
          .get(log.chain().tableName(), base.recoveryPoint())
          .map(CatalogEntry::point)
          .filter(point -> !point.method().isManaged())
          .filter(point -> !point.isIncremental() && !point.filtered());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
