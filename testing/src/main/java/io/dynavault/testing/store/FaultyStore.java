// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store whose calls go wrong as told. Counted are all calls but {@link #location} and {@link
 * #close}, and of an upload each write and the commit; so a use case can be run once to count its
 * calls and then failing at every one of them.
 */
public final class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final Faults faults;
  private final AtomicInteger calls = new AtomicInteger();

  public FaultyStore(ObjectStore store, Faults faults) {
    this.store = requireNonNull(store, "store is null");
    this.faults = requireNonNull(faults, "faults is null");
  }

  /** Calls until now. */
  public int calls() {
    return calls.get();
  }

  @Override
  public URI location() {
    return store.location();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return call("read", key, () -> store.stat(key));
  }

  @Override
  public ObjectDownload read(String key) {
    return read(key, () -> store.read(key));
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return read(key, () -> store.read(key, offset, length));
  }

  private ObjectDownload read(String key, Supplier<ObjectDownload> open) {
    Optional<Fault> fault = next();
    ObjectDownload download = call(fault, "read", key, open);
    return fault.orElse(null) instanceof Fault.CutDownload cut
        ? new BreakingDownload(download, cut.bytes())
        : download;
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return call("write", key, () -> store.put(key, content));
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return call("write", key, () -> store.putIfAbsent(key, content));
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    return call("write", key, () -> store.replace(key, content, expectedVersion));
  }

  @Override
  public ObjectUpload upload(String key) {
    return new FaultyUpload(key, call("write", key, () -> store.upload(key)));
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    Optional<Fault> fault = next();
    long limit =
        fault.orElse(null) instanceof Fault.CutListing cut ? cut.objects() : Long.MAX_VALUE;
    AtomicLong listed = new AtomicLong();
    run(
        fault,
        "list",
        prefix,
        () ->
            store.list(
                prefix,
                info -> {
                  if (listed.getAndIncrement() == limit) {
                    throw failure(ErrorCode.SERVICE_UNAVAILABLE, "list", prefix);
                  }
                  consumer.accept(info);
                }));
  }

  @Override
  public void delete(String key) {
    run(next(), "delete", key, () -> store.delete(key));
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    run(next(), "list uploads of", "", () -> store.listUnfinished(consumer));
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    run(next(), "discard", upload.id(), () -> store.discard(upload));
  }

  @Override
  public void close() {
    store.close();
  }

  private Optional<Fault> next() {
    int call = calls.incrementAndGet();
    synchronized (faults) {
      return faults.of(call);
    }
  }

  private <T> T call(String verb, String key, Supplier<T> action) {
    return call(next(), verb, key, action);
  }

  private static void run(Optional<Fault> fault, String verb, String key, Runnable action) {
    call(
        fault,
        verb,
        key,
        () -> {
          action.run();
          return "";
        });
  }

  private static <T> T call(Optional<Fault> fault, String verb, String key, Supplier<T> action) {
    if (fault.isEmpty()) {
      return action.get();
    }
    if (fault.get() instanceof Fault.Fail fail) {
      throw failure(fail.code(), verb, key);
    }
    if (fault.get() instanceof Fault.Before before) {
      before.action().run();
    }
    T result = action.get();
    if (fault.get() instanceof Fault.LoseAnswer) {
      throw failure(ErrorCode.SERVICE_UNAVAILABLE, verb, key);
    }
    return result;
  }

  private static DynavaultException failure(ErrorCode code, String verb, String key) {
    return new DynavaultException(code, "unable to " + verb + " '" + key + "': injected fault");
  }

  private final class FaultyUpload extends ObjectUpload {
    private final String key;
    private final ObjectUpload upload;

    FaultyUpload(String key, ObjectUpload upload) {
      this.key = key;
      this.upload = upload;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      run(next(), "write", key, () -> upload.write(bytes, offset, length));
    }

    @Override
    public ObjectInfo commit() {
      return call("write", key, upload::commit);
    }

    @Override
    public void close() {
      upload.close();
    }
  }

  private static final class BreakingDownload extends ObjectDownload {
    private final ObjectDownload download;
    private long rest;

    BreakingDownload(ObjectDownload download, long rest) {
      this.download = download;
      this.rest = rest;
    }

    @Override
    public ObjectInfo info() {
      return download.info();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (rest == 0 && length > 0) {
        throw failure(ErrorCode.SERVICE_UNAVAILABLE, "read", info().key());
      }
      int read = download.read(buffer, offset, (int) Math.min(length, rest));
      rest -= Math.max(read, 0);
      return read;
    }

    @Override
    public void close() {
      download.close();
    }
  }
}
