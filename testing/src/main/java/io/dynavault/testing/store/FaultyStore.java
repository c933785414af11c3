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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose calls go wrong as told. Counted are all calls but {@link #location} and {@link
 * #close}, and of an upload each write and the commit; so a use case can be run once to count its
 * calls and then failing at every one of them. What the contract of a store forbids, such as a
 * listing that is not whole and does not say so, is for tests of what such a store could do.
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
    return call(Operation.STAT, key, () -> store.stat(key));
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
    Planned planned = next(Operation.READ, key);
    ObjectDownload download = planned.call(open);
    if (planned.fault() instanceof Fault.CutDownload cut) {
      return new BreakingDownload(download, cut.bytes());
    }
    return planned.fault() instanceof Fault.FlippedBit flipped
        ? new FlippingDownload(download, flipped.at())
        : download;
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return call(Operation.PUT, key, () -> store.put(key, content));
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return call(Operation.PUT_IF_ABSENT, key, () -> store.putIfAbsent(key, content));
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    return call(Operation.REPLACE, key, () -> store.replace(key, content, expectedVersion));
  }

  @Override
  public ObjectUpload upload(String key) {
    return new FaultyUpload(key, call(Operation.BEGIN_UPLOAD, key, () -> store.upload(key)));
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    Planned planned = next(Operation.LIST, prefix);
    planned.run(() -> new FaultyListing(store, planned.fault()).run(prefix, consumer));
  }

  @Override
  public void delete(String key) {
    next(Operation.DELETE, key).run(() -> store.delete(key));
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    next(Operation.LIST_UPLOADS, "").run(() -> store.listUnfinished(consumer));
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    next(Operation.DISCARD_UPLOAD, upload.id()).run(() -> store.discard(upload));
  }

  @Override
  public boolean makeRoom() {
    return store.makeRoom();
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T call(Operation operation, String key, Supplier<T> action) {
    return next(operation, key).call(action);
  }

  private Planned next(Operation operation, String subject) {
    synchronized (faults) {
      Call call = new Call(calls.incrementAndGet(), operation, subject);
      Fault fault = faults.of(call).filter(f -> f.appliesTo(operation)).orElse(null);
      return new Planned(call, fault);
    }
  }

  /** A call and what will go wrong with it. */
  private record Planned(Call call, @Nullable Fault fault) {
    void run(Runnable action) {
      call(
          () -> {
            action.run();
            return "";
          });
    }

    <T> T call(Supplier<T> action) {
      if (fault instanceof Fault.Fail fail) {
        throw failure(fail.code(), call);
      }
      if (fault instanceof Fault.Before before) {
        before.action().run();
      }
      T result = action.get();
      if (fault instanceof Fault.DeliverTwice) {
        result = action.get();
      }
      if (fault instanceof Fault.LoseAnswer) {
        boolean unknown = call.operation().conditional();
        throw failure(unknown ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.SERVICE_UNAVAILABLE, call);
      }
      return result;
    }
  }

  static DynavaultException failure(ErrorCode code, Call call) {
    return new DynavaultException(
        code,
        "unable to carry out "
            + call.operation()
            + " of '"
            + call.subject()
            + "': injected into call "
            + call.number());
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
      next(Operation.WRITE_UPLOAD, key).run(() -> upload.write(bytes, offset, length));
    }

    @Override
    public ObjectInfo commit() {
      return call(Operation.COMMIT_UPLOAD, key, upload::commit);
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
