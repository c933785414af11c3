// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bases that a copy of a chain lacks: those that are newer than the ones it has, and one that
 * lets its window begin earlier. Others between them are not missed; the target may have let them
 * expire.
 */
final class BaseChoice {
  private final Vault source;
  private final Vault target;

  BaseChoice(Vault source, Vault target) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
  }

  /**
   * Chooses; oldest first.
   *
   * @param reached number of the last commit that the copy has, or will have
   */
  List<Base> lacking(ChainDelta delta, long reached) {
    String table = delta.chain().tableName();
    List<Base> known =
        delta.there().stream()
            .flatMap(log -> log.readableBases(damaged -> {}).stream())
            .filter(base -> target.catalog().exists(table, base.recoveryPoint()))
            .toList();
    Set<String> ids =
        known.stream().map(base -> base.recoveryPoint().value()).collect(Collectors.toSet());
    List<Base> possible =
        delta.source().readableBases(damaged -> {}).stream()
            .filter(base -> !ids.contains(base.recoveryPoint().value()))
            .filter(base -> base.afterCommit() >= delta.floor() && base.completeWith() <= reached)
            .filter(base -> isSomewhere(delta.source(), base))
            .toList();
    Optional<Instant> first =
        known.stream().map(Base::restorableFrom).min(Comparator.naturalOrder());
    Optional<Instant> newest =
        known.stream().map(Base::restorableFrom).max(Comparator.naturalOrder());
    return possible.stream()
        .filter(
            base ->
                newest.isEmpty()
                    || base.restorableFrom().isAfter(newest.get())
                    || (base.equals(possible.get(0))
                        && base.restorableFrom().isBefore(first.orElseThrow())))
        .toList();
  }

  /** One whose recovery point was deleted in the source counts no more, unless it was copied. */
  private boolean isSomewhere(ChainLog log, Base base) {
    String table = log.chain().tableName();
    return source.catalog().exists(table, base.recoveryPoint())
        || target.catalog().exists(table, base.recoveryPoint());
  }
}
