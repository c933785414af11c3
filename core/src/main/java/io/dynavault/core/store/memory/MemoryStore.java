// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.memory;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.StreamDownload;
import io.dynavault.core.store.UnfinishedUpload;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Objects in memory. What has the same name is the same store, as long as the process lives. */
public final class MemoryStore implements ObjectStore {
  private static final ConcurrentMap<String, Space> SPACES = new ConcurrentHashMap<>();

  private final StoreLocation.Memory location;
  private final Space space;
  private final InstantSource clock;

  private MemoryStore(StoreLocation.Memory location, Space space, InstantSource clock) {
    this.location = requireNonNull(location, "location is null");
    this.space = space;
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Opens the store of this name, the same one for everybody in the process. */
  public static MemoryStore open(StoreLocation.Memory location, InstantSource clock) {
    return new MemoryStore(
        location, SPACES.computeIfAbsent(location.name(), name -> new Space()), clock);
  }

  /** A store that nobody else sees. */
  public static MemoryStore isolated(InstantSource clock) {
    return isolated(new StoreLocation.Memory("isolated"), clock);
  }

  /** A store that says it is at this location, and that nobody else sees. */
  public static MemoryStore isolated(StoreLocation.Memory location, InstantSource clock) {
    return new MemoryStore(location, new Space(), clock);
  }

  @Override
  public URI location() {
    return location.uri();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return Optional.ofNullable(space.objects.get(ObjectKey.check(key))).map(StoredObject::info);
  }

  @Override
  public ObjectDownload read(String key) {
    StoredObject object = existing(key);
    return download(object, 0, object.content.length);
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    StoredObject object = existing(key);
    Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
    if (offset + length > object.content.length) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to read '"
              + location
              + "/"
              + key
              + "': bytes "
              + offset
              + " to "
              + (offset + length)
              + " lie outside its "
              + object.content.length
              + " bytes");
    }
    return download(object, (int) offset, (int) length);
  }

  private static ObjectDownload download(StoredObject object, int offset, int length) {
    return new StreamDownload(
        object.info,
        new ByteArrayInputStream(object.content, offset, length),
        length,
        e -> {
          throw new IllegalStateException("memory does not fail", e);
        });
  }

  private StoredObject existing(String key) {
    StoredObject object = space.objects.get(ObjectKey.check(key));
    if (object == null) {
      throw new DynavaultException(
          ErrorCode.OBJECT_NOT_FOUND,
          "unable to read '" + location + "/" + key + "': there is no such object");
    }
    return object;
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return write(key, content, old -> true).orElseThrow();
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return write(key, content, Objects::isNull);
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    requireNonNull(expectedVersion, "expectedVersion is null");
    return write(key, content, old -> old != null && old.info.version().equals(expectedVersion));
  }

  /** Writes the object if the one that is there, or null, passes. */
  private Optional<ObjectInfo> write(
      String key, byte[] content, Predicate<@Nullable StoredObject> condition) {
    ObjectKey.check(key);
    String version = String.valueOf(space.versions.incrementAndGet());
    StoredObject written =
        new StoredObject(
            new ObjectInfo(key, content.length, clock.instant(), version), content.clone());
    StoredObject now =
        space.objects.compute(key, (same, old) -> condition.test(old) ? written : old);
    return now == written ? Optional.of(written.info) : Optional.empty();
  }

  @Override
  public ObjectUpload upload(String key) {
    MemoryUpload upload = new MemoryUpload(this, ObjectKey.check(key));
    space.uploads.put(
        upload.id(), new UnfinishedUpload(upload.id(), Optional.of(key), clock.instant()));
    return upload;
  }

  /** Whether the upload was still open, and not discarded by somebody else. */
  boolean end(MemoryUpload upload) {
    return space.uploads.remove(upload.id()) != null;
  }

  String nextId() {
    return "upload-" + space.versions.incrementAndGet();
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    ObjectKey.checkPrefix(prefix);
    for (Map.Entry<String, StoredObject> entry : space.objects.tailMap(prefix, true).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        return;
      }
      consumer.accept(entry.getValue().info);
    }
  }

  @Override
  public void delete(String key) {
    space.objects.remove(ObjectKey.check(key));
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    List<UnfinishedUpload> uploads = new ArrayList<>(space.uploads.values());
    uploads.forEach(consumer);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    space.uploads.remove(upload.id());
  }

  /** Does nothing: the content belongs to the name, not to who opened it. */
  @Override
  public void close() {}

  private static final class Space {
    final ConcurrentSkipListMap<String, StoredObject> objects =
        new ConcurrentSkipListMap<>(ObjectKey.ORDER);
    final ConcurrentMap<String, UnfinishedUpload> uploads = new ConcurrentHashMap<>();
    final AtomicLong versions = new AtomicLong();
  }

  /** Never changed once it is in the map; its content is shared with readers. */
  private static final class StoredObject {
    final ObjectInfo info;
    final byte[] content;

    StoredObject(ObjectInfo info, byte[] content) {
      this.info = info;
      this.content = content;
    }

    ObjectInfo info() {
      return info;
    }
  }
}
