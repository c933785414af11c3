// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Does something else in the middle of a write, as another process or a fault would. */
public class CallbackStore extends ForwardingStore {
  private final Map<String, Runnable> before = new HashMap<>();
  private final Map<String, Runnable> after = new HashMap<>();
  private Consumer<String> beforeEachWrite = key -> {};

  public CallbackStore(ObjectStore delegate) {
    super(delegate);
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
  public ObjectInfo put(String key, byte[] content) {
    beforeEachWrite.accept(key);
    return super.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    beforeEachWrite.accept(key);
    before.getOrDefault(key, () -> {}).run();
    Optional<ObjectInfo> written = super.putIfAbsent(key, content);
    after.getOrDefault(key, () -> {}).run();
    return written;
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    beforeEachWrite.accept(key);
    return super.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    beforeEachWrite.accept(key);
    return super.upload(key);
  }

  @Override
  public void delete(String key) {
    beforeEachWrite.accept(key);
    super.delete(key);
  }
}
