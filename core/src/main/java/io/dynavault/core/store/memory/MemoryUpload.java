// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.memory;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import java.io.ByteArrayOutputStream;

/** Collects the bytes of one object until it is committed. */
final class MemoryUpload extends ObjectUpload {
  private final MemoryStore store;
  private final String key;
  private final String id;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private boolean ended;

  MemoryUpload(MemoryStore store, String key) {
    this.store = store;
    this.key = key;
    this.id = store.nextId();
  }

  String id() {
    return id;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    requireOpen();
    content.write(bytes, offset, length);
  }

  @Override
  public ObjectInfo commit() {
    requireOpen();
    ended = true;
    if (!store.end(this)) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to write '" + key + "': the upload was discarded while it was being written");
    }
    return store.put(key, content.toByteArray());
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      store.end(this);
    }
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the upload has ended");
    }
  }
}
