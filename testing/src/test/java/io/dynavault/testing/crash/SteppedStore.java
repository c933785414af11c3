// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import java.util.Optional;

/** A store of which every write is a step. */
final class SteppedStore extends ForwardingStore {
  private final Steps steps;

  SteppedStore(ObjectStore store, Steps steps) {
    super(store);
    this.steps = steps;
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    steps.before("put " + key);
    return super.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    steps.before("put " + key);
    return super.putIfAbsent(key, content);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    steps.before("replace " + key);
    return super.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    steps.before("begin upload of " + key);
    return new SteppedUpload(super.upload(key), key);
  }

  @Override
  public void delete(String key) {
    steps.before("delete " + key);
    super.delete(key);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    steps.before("discard an upload");
    super.discard(upload);
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
