// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.VaultKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time by the store's clock and our own. Neither is trusted alone where something irreversible
 * depends on it: setting one of them must not help.
 */
public final class StoreClock {
  private final ObjectStore store;
  private final InstantSource clock;

  public StoreClock(ObjectStore store, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The store's time, by writing to it. */
  public Instant storeTime() {
    byte[] content = "{\"formatVersion\":\"1.0\"}".getBytes(StandardCharsets.UTF_8);
    try {
      return store.put(VaultKeys.CLOCK, content).lastModified();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.STORE_FULL || !store.makeRoom()) {
        throw e; // those who delete ask for the time, too
      }
      return store.put(VaultKeys.CLOCK, content).lastModified();
    }
  }

  /** The earlier of both: for what the passing of time permits, such as a deletion. */
  public Instant earlier() {
    Instant store = storeTime();
    Instant local = clock.instant();
    return store.isBefore(local) ? store : local;
  }

  /** The later of both: for what the passing of time forbids, such as removing a lock. */
  public Instant later() {
    Instant store = storeTime();
    Instant local = clock.instant();
    return store.isBefore(local) ? local : store;
  }
}
