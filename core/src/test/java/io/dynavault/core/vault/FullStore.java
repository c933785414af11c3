// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.util.Optional;

/** A store in which nothing more can be written until somebody asks it to make room. */
public final class FullStore extends ForwardingStore {
  private boolean reserve = true;

  public FullStore(ObjectStore delegate) {
    super(delegate);
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    requireRoom();
    return super.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    requireRoom();
    return super.putIfAbsent(key, content);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    requireRoom();
    return super.replace(key, content, expectedVersion);
  }

  private void requireRoom() {
    if (reserve) {
      throw new DynavaultException(
          ErrorCode.STORE_FULL, "unable to write: no space left on device");
    }
  }

  @Override
  public boolean makeRoom() {
    boolean had = reserve;
    reserve = false;
    return had;
  }

  /** Whether somebody asked. */
  public boolean hasMadeRoom() {
    return !reserve;
  }
}
