// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;

/** Counts the objects that are read. */
final class CountingStore extends ForwardingStore {
  int reads;

  CountingStore(ObjectStore store) {
    super(store);
  }

  @Override
  public ObjectDownload read(String key) {
    reads++;
    return super.read(key);
  }
}
