// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.Leases;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ObjectKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A vault that was opened: its recovery points, its rules, and the leases by which its users keep
 * out of each other's way. The store stays the caller's to close. Safe for several threads.
 */
public final class Vault {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final VaultConfig config;
  private final Leases leases;

  private Vault(ObjectStore store, VaultConfig config, Leases leases) {
    this.store = requireNonNull(store, "store is null");
    this.config = requireNonNull(config, "config is null");
    this.leases = requireNonNull(leases, "leases is null");
  }

  /**
   * Makes the store's root a vault.
   *
   * @throws DynavaultException {@code VAULT_EXISTS} if it is one
   */
  public static Vault create(
      ObjectStore store, VaultConfig config, Holder holder, LeaseSettings settings) {
    byte[] content = VaultConfigParser.write(config);
    if (store.putIfAbsent(ObjectKeys.vault(), content).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.VAULT_EXISTS,
          "unable to create vault '" + store.location() + "': there is one already");
    }
    return new Vault(store, config, new Leases(store, holder, settings));
  }

  /**
   * Opens the vault at the store's root.
   *
   * @param holder in whose name leases are taken
   * @throws DynavaultException {@code VAULT_NOT_FOUND}, {@code DAMAGED} or {@code
   *     FORMAT_UNSUPPORTED}
   */
  public static Vault open(ObjectStore store, Holder holder, LeaseSettings settings) {
    StoredJson stored =
        StoredJson.find(store, ObjectKeys.vault())
            .orElseThrow(
                () ->
                    new DynavaultException(
                        ErrorCode.VAULT_NOT_FOUND,
                        "unable to open vault '" + store.location() + "': there is no vault.json",
                        "check the location, or create it with: dynavault vault create --vault "
                            + store.location()));
    return new Vault(store, VaultConfigParser.read(stored), new Leases(store, holder, settings));
  }

  public ObjectStore store() {
    return store;
  }

  public VaultConfig config() {
    return config;
  }

  public Leases leases() {
    return leases;
  }

  public Catalog catalog() {
    return new Catalog(store);
  }

  public Runs runs() {
    return new Runs(store, catalog());
  }

  /** The journals of restores that have created a table and not ended. */
  public Restores restores() {
    return new Restores(store);
  }

  /** The vault lock and its changes. */
  public LockLog lockLog() {
    return new LockLog(store, leases.clock());
  }

  public Holds holds() {
    return new Holds(store, leases.marks());
  }

  /**
   * Makes a recovery point exist: checks that all its files are there and that the vault's lock
   * allows its lifecycle, proves that the lease is still ours, writes the record and reads it back.
   *
   * @return the committed entry; also if the very same record was there already
   * @throws DynavaultException {@code LEASE_LOST}, {@code LOCKED}, {@code DAMAGED} or a failure of
   *     the store: then the recovery point does not exist, except after {@code INTERRUPTED} and
   *     {@code OUTCOME_UNKNOWN}, after which it may; committing again is safe
   */
  public CatalogEntry commit(RecoveryPoint point, Lease lease) {
    return commit(point, RecoveryPointParser.write(point), lease);
  }

  /**
   * Makes a recovery point of another vault exist in this one, as {@link #commit(RecoveryPoint,
   * Lease)} does, with its record byte for byte: a record of a later version may say more than we
   * understand.
   *
   * @param record as it is stored in the other vault
   * @throws DynavaultException as {@link #commit(RecoveryPoint, Lease)}
   */
  public CatalogEntry commit(StoredJson record, Lease lease) {
    return commit(RecoveryPointParser.read(record), record.content(), lease);
  }

  private CatalogEntry commit(RecoveryPoint point, byte[] record, Lease lease) {
    lockLog().state().lock().ifPresent(lock -> lock.requireAllowed(point));
    return new Committer(store, leases.settings()).commit(point, record, lease);
  }

  /**
   * Sees that the lock allows the lifecycle of a recovery point that is to be made: before anything
   * is read, not hours later when it is committed.
   *
   * @throws DynavaultException {@code LOCKED} if it does not
   */
  public void requireAllowed(Instant start, Optional<Duration> deleteAfter) {
    Optional<VaultLock> lock = lockLog().state().lock();
    if (lock.isPresent() && deleteAfter.isPresent()) {
      lock.get().requireAllowed(start, start.plus(deleteAfter.get()));
    } else if (lock.isPresent()) {
      lock.get().requireAllowed(start);
    }
  }

  /**
   * Protects a recovery point from deletion while it is read. Keep the mark with a {@link
   * io.dynavault.core.lease.LeaseKeeper} and close it at the end.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if it was deleted before, {@code
   *     LEASE_HELD} if it is being deleted
   */
  public Mark protect(RecoveryPoint point) throws InterruptedException {
    String id = point.id().value();
    Mark mark = leases.mark(Mark.Kind.READING, point.tableName(), id);
    boolean kept = false;
    try {
      awaitNoDeletion(point);
      if (!catalog().exists(point.tableName(), point.id())) {
        throw new DynavaultException(
            ErrorCode.RECOVERY_POINT_NOT_FOUND,
            "unable to read recovery point '" + id + "': it was just deleted");
      }
      kept = true;
      return mark;
    } finally {
      if (!kept) {
        mark.close();
      }
    }
  }

  /** A deletion that came first either gives way to our mark or goes through with it. */
  private void awaitNoDeletion(RecoveryPoint point) throws InterruptedException {
    LeaseSettings settings = leases.settings();
    long start = settings.ticker().nanos();
    while (true) {
      boolean deleting =
          !leases
              .marks()
              .living(Mark.Kind.DELETING, point.tableName(), point.id().value())
              .isEmpty();
      if (!deleting) {
        return;
      }
      Duration waited = Duration.ofNanos(settings.ticker().nanos() - start);
      if (waited.compareTo(settings.ttl()) > 0) {
        throw new DynavaultException(
            ErrorCode.LEASE_HELD,
            "unable to read recovery point '" + point.id() + "': it is being deleted");
      }
      settings.sleeper().sleep(POLL);
    }
  }

  @Override
  public String toString() {
    return config.name() + " (" + store.location() + ")";
  }
}
