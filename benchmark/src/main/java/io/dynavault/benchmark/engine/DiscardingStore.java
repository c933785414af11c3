// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.core.store.memory.MemoryStore;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps small objects in memory, and of what is uploaded only its size. */
final class DiscardingStore implements ObjectStore {
  private final ObjectStore small = MemoryStore.isolated(InstantSource.system());
  private final Map<String, ObjectInfo> uploaded = new ConcurrentSkipListMap<>(ObjectKey.ORDER);

  @Override
  public URI location() {
    return small.location();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    ObjectInfo info = uploaded.get(key);
    return info != null ? Optional.of(info) : small.stat(key);
  }

  @Override
  public ObjectDownload read(String key) {
    return small.read(key);
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return small.read(key, offset, length);
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return small.put(key, content);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return small.putIfAbsent(key, content);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    return small.replace(key, content, expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    return new CountedUpload(key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    Stream.Builder<ObjectInfo> infos = Stream.builder();
    small.list(prefix, infos);
    uploaded.values().stream().filter(info -> info.key().startsWith(prefix)).forEach(infos);
    infos.build().sorted(Comparator.comparing(ObjectInfo::key, ObjectKey.ORDER)).forEach(consumer);
  }

  @Override
  public void delete(String key) {
    uploaded.remove(key);
    small.delete(key);
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    small.listUnfinished(consumer);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    small.discard(upload);
  }

  @Override
  public void close() {
    small.close();
  }

  private final class CountedUpload extends ObjectUpload {
    private final String key;
    private long size;

    CountedUpload(String key) {
      this.key = key;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      size += length;
    }

    @Override
    public ObjectInfo commit() {
      ObjectInfo info = new ObjectInfo(key, size, Instant.EPOCH, "1");
      uploaded.put(key, info);
      return info;
    }

    @Override
    public void close() {}
  }
}
