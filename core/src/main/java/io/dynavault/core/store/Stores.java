// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.store.retry.RetryingStore;
import io.dynavault.core.store.s3.S3Store;

/** Opens the store of a location. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store; sends and writes nothing yet. Faults that can pass are retried as the
   * package's description says. The caller closes it.
   */
  public static ObjectStore open(StoreLocation location, StoreConfig config) {
    if (location instanceof StoreLocation.Folder folder) {
      return new LocalStore(folder, config.random());
    }
    if (location instanceof StoreLocation.Memory memory) {
      return MemoryStore.open(memory, config.clock());
    }
    if (location instanceof StoreLocation.Bucket bucket) {
      return new RetryingStore(
          S3Store.open(bucket, config.s3(), config.clock()), config.sleeper(), config.random());
    }
    throw new IllegalArgumentException("unknown location: " + location);
  }
}
