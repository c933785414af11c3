// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that passes every call to another one; subclasses change some of them. */
public abstract class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  /** Forwards to the store, and closes it when closed. */
  protected ForwardingStore(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** The store that is forwarded to. */
  protected final ObjectStore store() {
    return store;
  }

  @Override
  public URI location() {
    return store.location();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return store.stat(key);
  }

  @Override
  public ObjectDownload read(String key) {
    return store.read(key);
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return store.read(key, offset, length);
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return store.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return store.putIfAbsent(key, content);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    return store.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    return store.upload(key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    store.list(prefix, consumer);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    store.listUnfinished(consumer);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    store.discard(upload);
  }

  @Override
  public boolean makeRoom() {
    return store.makeRoom();
  }

  @Override
  public void close() {
    store.close();
  }
}
