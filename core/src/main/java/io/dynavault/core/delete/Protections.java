// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.delete.Protection.Kind;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.Marks;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a vault protects from deletion, as it was at one moment. What cannot be read counts as
 * protecting.
 *
 * @param withHolds recovery points whose holds are looked at
 * @param now the earlier of the store's clock and our own
 */
public record Protections(
    Instant now,
    Optional<VaultLock> lock,
    Set<RecoveryPointKey> withHolds,
    List<Marks.Found> readers,
    Vault vault) {
  public Protections {
    requireNonNull(now, "now is null");
    requireNonNull(lock, "lock is null");
    withHolds = Set.copyOf(withHolds);
    readers = List.copyOf(readers);
    requireNonNull(vault, "vault is null");
  }

  /** Those of the whole vault. */
  public static Protections of(Vault vault) throws InterruptedException {
    Set<RecoveryPointKey> withHolds = new HashSet<>();
    vault
        .store()
        .list(
            VaultKeys.HOLDS,
            info -> VaultKeys.parseBelow(info.key(), VaultKeys.HOLDS).ifPresent(withHolds::add));
    return read(vault, withHolds, vault.leases().marks().living(Mark.Kind.READING));
  }

  /** Those of one recovery point. Its holds are asked for by their keys, not by a listing. */
  public static Protections of(Vault vault, CatalogEntry entry) throws InterruptedException {
    String table = entry.tableName();
    String id = entry.id().value();
    return read(
        vault,
        Set.of(new RecoveryPointKey(table, id)),
        vault.leases().marks().living(Mark.Kind.READING, table, id));
  }

  private static Protections read(
      Vault vault, Set<RecoveryPointKey> withHolds, List<Marks.Found> readers) {
    return new Protections(
        vault.leases().clock().earlier(),
        vault.lockLog().state().lock(),
        withHolds,
        readers,
        vault);
  }

  /** What protects this recovery point; empty where it may be deleted. */
  public List<Protection> of(CatalogEntry entry) {
    List<Protection> protections = new ArrayList<>();
    lock.map(set -> set.protectedUntil(entry))
        .filter(until -> until.isAfter(now))
        .ifPresent(until -> protections.add(new Protection(Kind.LOCK, "locked until " + until)));
    RecoveryPointKey key = new RecoveryPointKey(entry.tableName(), entry.id().value());
    if (withHolds.contains(key)) {
      hold(entry).ifPresent(protections::add);
    }
    readers.stream()
        .filter(reader -> reader.point().equals(key))
        .findFirst()
        .map(reader -> "read by " + reader.state().holder())
        .ifPresent(text -> protections.add(new Protection(Kind.READER, text)));
    return protections;
  }

  private Optional<Protection> hold(CatalogEntry entry) {
    try {
      Optional<Hold> hold = vault.holds().of(entry.tableName(), entry.id());
      return hold.map(h -> new Protection(Kind.HOLD, "held by " + h.by() + ": " + h.reason()));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return Optional.of(new Protection(Kind.HOLD, "held by an entry that cannot be read"));
    }
  }
}
