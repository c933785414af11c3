// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.memory.MemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps small objects in memory, and of what is uploaded only its size. */
final class DiscardingStore extends ForwardingStore {
  private final Map<String, ObjectInfo> uploaded = new ConcurrentSkipListMap<>(ObjectKey.ORDER);

  DiscardingStore() {
    super(MemoryStore.isolated(InstantSource.system()));
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    ObjectInfo info = uploaded.get(key);
    return info != null ? Optional.of(info) : super.stat(key);
  }

  @Override
  public ObjectUpload upload(String key) {
    return new CountedUpload(key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    Stream.Builder<ObjectInfo> infos = Stream.builder();
    super.list(prefix, infos);
    uploaded.values().stream().filter(info -> info.key().startsWith(prefix)).forEach(infos);
    infos.build().sorted(Comparator.comparing(ObjectInfo::key, ObjectKey.ORDER)).forEach(consumer);
  }

  @Override
  public void delete(String key) {
    uploaded.remove(key);
    super.delete(key);
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
