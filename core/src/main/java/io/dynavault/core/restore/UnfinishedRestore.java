// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.Restores;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the vault says about interrupted restores of a recovery point into a table that is there.
 *
 * <p>A restore that died between its request for the table and its note of the table's id has left
 * the intention alone. The table is taken for its own if it was created at that time, to within the
 * error of clocks; and is gone on with only while it is empty, so that even a table which somebody
 * else made in those minutes, with the same name, keys and indexes, does not lose an item.
 *
 * @param created by a restore that has noted this very table
 * @param intended by restores, the latest first, that were about to create it
 */
record UnfinishedRestore(Optional<RestoreRecord> created, List<RestoreRecord> intended) {
  /** Requests of a client whose clock is further off are refused by the service. */
  private static final Duration CLOCKS = Duration.ofMinutes(15);

  UnfinishedRestore {
    requireNonNull(created, "created is null");
    intended = List.copyOf(intended);
  }

  static UnfinishedRestore of(ObjectStore store, RecoveryPoint point, TableSnapshot found) {
    Restores restores = new Restores(store);
    Optional<RestoreRecord> created =
        restores.find(point.tableName(), point.id(), RestoreJournal.target(found.definition()));
    List<RestoreRecord> intended =
        restores.intended(point.tableName(), point.id(), found.definition().tableName()).stream()
            .filter(
                restore ->
                    created.isPresent()
                        ? restore.started().equals(created.get().started())
                        : found.created().filter(at -> isAbout(at, restore.started())).isPresent())
            .sorted(Comparator.comparing(RestoreRecord::started).reversed())
            .toList();
    return new UnfinishedRestore(created, intended);
  }

  private static boolean isAbout(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(CLOCKS) <= 0;
  }

  /** The restore to go on with, if there is one. */
  Optional<RestoreRecord> latest() {
    return created.or(() -> intended.stream().findFirst());
  }
}
