// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.retry;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.core.time.Sleeper;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A store whose reads survive a connection that breaks midway: they are opened again at the byte
 * reached, if the object is still the same. All else passes through; requests as such are retried
 * by the store's own client.
 */
public final class RetryingStore implements ObjectStore {
  private final ObjectStore store;
  private final Backoff backoff;

  /** Wraps the store, and closes it when closed. */
  public RetryingStore(ObjectStore store, Sleeper sleeper, RandomGenerator random) {
    this.store = requireNonNull(store, "store is null");
    this.backoff = new Backoff(sleeper, random);
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
    ObjectDownload first = store.read(key);
    return new ResumingDownload(store, backoff, first, 0, first.info().size());
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return new ResumingDownload(store, backoff, store.read(key, offset, length), offset, length);
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
  public void close() {
    store.close();
  }
}
