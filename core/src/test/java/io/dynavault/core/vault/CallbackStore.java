// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Does something else in the middle of a write, as another process or a fault would. */
public class CallbackStore implements ObjectStore {
  private final ObjectStore delegate;
  private final Map<String, Runnable> before = new HashMap<>();
  private final Map<String, Runnable> after = new HashMap<>();
  private Consumer<String> beforeEachWrite = key -> {};

  public CallbackStore(ObjectStore delegate) {
    this.delegate = delegate;
  }

  public void beforePutIfAbsent(String key, Runnable action) {
    before.put(key, action);
  }

  public void afterPutIfAbsent(String key, Runnable action) {
    after.put(key, action);
  }

  /** Before every write and delete, with its key. */
  public void beforeEachWrite(Consumer<String> action) {
    beforeEachWrite = action;
  }

  @Override
  public URI location() {
    return delegate.location();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return delegate.stat(key);
  }

  @Override
  public ObjectDownload read(String key) {
    return delegate.read(key);
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return delegate.read(key, offset, length);
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    beforeEachWrite.accept(key);
    return delegate.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    beforeEachWrite.accept(key);
    before.getOrDefault(key, () -> {}).run();
    Optional<ObjectInfo> written = delegate.putIfAbsent(key, content);
    after.getOrDefault(key, () -> {}).run();
    return written;
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    beforeEachWrite.accept(key);
    return delegate.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    beforeEachWrite.accept(key);
    return delegate.upload(key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    delegate.list(prefix, consumer);
  }

  @Override
  public void delete(String key) {
    beforeEachWrite.accept(key);
    delegate.delete(key);
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    delegate.listUnfinished(consumer);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    delegate.discard(upload);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
