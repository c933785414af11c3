// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.StreamDownload;
import io.dynavault.core.store.UnfinishedUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Lies the first times it is asked about an object, or always. */
final class FlakyStore implements ObjectStore {
  private final ObjectStore delegate;
  private final int lies;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /**
   * @param lies how often it lies about each object
   */
  FlakyStore(ObjectStore delegate, int lies) {
    this.delegate = delegate;
    this.lies = lies;
  }

  private boolean lies(String question) {
    return asked.merge(question, 1, Integer::sum) <= lies;
  }

  /** One bit in the middle is another; an empty object has become one byte longer. */
  @Override
  public ObjectDownload read(String key) {
    if (!lies("read " + key)) {
      return delegate.read(key);
    }
    try (ObjectDownload in = delegate.read(key)) {
      byte[] content = in.readAllBytes();
      byte[] lie = content.length == 0 ? new byte[1] : content;
      lie[lie.length / 2] ^= 1;
      return new StreamDownload(
          in.info(), new ByteArrayInputStream(lie), lie.length, FlakyStore::failed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynavaultException failed(IOException cause) {
    return new DynavaultException(ErrorCode.STORE_FAILED, "memory does not fail", cause);
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return lies("stat " + key) ? Optional.empty() : delegate.stat(key);
  }

  /** Leaves out every other object of an export. */
  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    int[] count = {0};
    delegate.list(
        prefix,
        info -> {
          boolean inExport = info.key().contains("AWSDynamoDB");
          if (!inExport || count[0]++ % 2 == 0 || !lies("list " + info.key())) {
            consumer.accept(info);
          }
        });
  }

  @Override
  public URI location() {
    return delegate.location();
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return delegate.read(key, offset, length);
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return delegate.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return delegate.putIfAbsent(key, content);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    return delegate.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    return delegate.upload(key);
  }

  @Override
  public void delete(String key) {
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
