// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which recovery points are bases of continuous backups. One may be deleted when a later one is
 * there: the window begins later then. The last one of a table is needed, since without it the
 * changes lead to no state of the table.
 */
public final class ContinuousBases {
  private static final Comparator<Base> ORDER =
      Comparator.comparing(Base::restorableFrom).thenComparing(Base::recoveryPoint);

  private final Vault vault;
  private final ObjectStore store;
  private final ContinuousBackups backups;

  public ContinuousBases(Vault vault) {
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.backups = new ContinuousBackups(store);
  }

  /** What protects a recovery point that is the last base of its table. */
  public Optional<Protection> protection(CatalogEntry entry) {
    if (keys(entry.point()).isEmpty()) {
      return Optional.empty();
    }
    try {
      return isLast(entry)
          ? Optional.of(
              needed("needed by the continuous backup of the table, which has no later base"))
          : Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return Optional.of(needed("a base of a continuous backup that cannot be read"));
    }
  }

  /** The objects that say of a recovery point that it is a base. */
  List<String> keys(RecoveryPoint point) {
    List<String> keys = new ArrayList<>();
    for (RecoveryPointId chain : backups.ids(point.tableName())) {
      String key = new ContinuousKeys(point.tableName(), chain.value()).base(point.id().value());
      if (store.stat(key).isPresent()) {
        keys.add(key);
      }
    }
    return keys;
  }

  private boolean isLast(CatalogEntry entry) {
    List<Base> all = new ArrayList<>();
    for (ChainLog chain : backups.chains(entry.tableName())) {
      all.addAll(chain.bases());
    }
    Optional<Base> own =
        all.stream().filter(base -> base.recoveryPoint().equals(entry.id())).max(ORDER);
    return own.isPresent()
        && all.stream()
            .filter(base -> !base.recoveryPoint().equals(entry.id()))
            .filter(base -> ORDER.compare(base, own.get()) > 0)
            .noneMatch(base -> vault.catalog().exists(entry.tableName(), base.recoveryPoint()));
  }

  private static Protection needed(String text) {
    return new Protection(Protection.Kind.CHAIN, text);
  }
}
