// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import java.time.InstantSource;

final class MemoryStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore openEmpty() {
    return MemoryStore.isolated(InstantSource.system());
  }
}
