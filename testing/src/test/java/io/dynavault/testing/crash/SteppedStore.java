// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** A store of which every write is a step. */
final class SteppedStore implements ObjectStore {
  private final ObjectStore store;
  private final Steps steps;

  SteppedStore(ObjectStore store, Steps steps) {
    this.store = store;
    this.steps = steps;
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
    steps.before("put " + key);
    return store.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    steps.before("put " + key);
    return store.putIfAbsent(key, content);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    steps.before("replace " + key);
    return store.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    steps.before("begin upload of " + key);
    return new SteppedUpload(store.upload(key), key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    store.list(prefix, consumer);
  }

  @Override
  public void delete(String key) {
    steps.before("delete " + key);
    store.delete(key);
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    store.listUnfinished(consumer);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    steps.before("discard an upload");
    store.discard(upload);
  }

  @Override
  public void close() {
    store.close();
  }

  /** An upload whose every part is a step; the first half of a part is on disk before it. */
  private final class SteppedUpload extends ObjectUpload {
    private final ObjectUpload upload;
    private final String key;

    SteppedUpload(ObjectUpload upload, String key) {
      this.upload = upload;
      this.key = key;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      upload.write(bytes, offset, length / 2);
      steps.before("write half of " + key);
      upload.write(bytes, offset + length / 2, length - length / 2);
    }

    @Override
    public ObjectInfo commit() {
      steps.before("commit upload of " + key);
      return upload.commit();
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
