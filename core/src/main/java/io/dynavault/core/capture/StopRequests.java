// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseState;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.VaultKeys;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks captures to end, through the vault: whoever can write there can, from any machine. A request
 * is for one holder of the lease; the next one is not concerned.
 */
public final class StopRequests {
  private final ObjectStore store;
  private final Vault vault;
  private final InstantSource clock;

  public StopRequests(Vault vault, InstantSource clock) {
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The process that has the lease of a table's capture, where one lives. */
  public Optional<LeaseState> running(String tableName) {
    return vault.leases().holder(LeaseName.continuous(tableName));
  }

  /** Whether this holder still has the lease. */
  public boolean isRunning(String tableName, LeaseState holder) {
    return running(tableName).filter(now -> now.epoch() == holder.epoch()).isPresent();
  }

  /** Asks this holder to end. */
  public void request(String tableName, LeaseState holder) {
    store.put(
        VaultKeys.continuousStop(tableName),
        JsonDocument.writeVersioned(
            json -> {
              json.writeNumberField("epoch", holder.epoch());
              json.writeStringField("requested", clock.instant().toString());
            }));
  }

  /** Whether the holder of this lease was asked to end. */
  boolean isRequested(String tableName, Lease lease) {
    return StoredJson.find(store, VaultKeys.continuousStop(tableName))
        .map(stored -> stored.parse("stop request", json -> json.number("epoch")))
        .filter(epoch -> epoch == lease.epoch())
        .isPresent();
  }
}
