// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks a store a second time before something is believed to be damaged: a read that fails once and
 * then succeeds is not damage. Safe for several threads.
 */
final class SecondLook {
  /** Failures that are about one object. All others end the verification: nothing can be read. */
  private static final Set<ErrorCode> OF_ONE_OBJECT =
      Set.of(
          ErrorCode.OBJECT_NOT_FOUND,
          ErrorCode.STORE_FAILED,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.DAMAGED);

  private final ObjectStore store;
  private final LongAdder passing = new LongAdder();

  SecondLook(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Looks at something; the second look counts where the first one found anything. */
  interface Look<T> {
    T take() throws InterruptedException;
  }

  /** Whether a look found nothing. */
  interface Clean<T> {
    boolean test(T found);
  }

  <T> T look(Look<T> look, Clean<T> clean) throws InterruptedException {
    T first = look.take();
    if (clean.test(first)) {
      return first;
    }
    T second = look.take();
    if (clean.test(second)) {
      countPassing();
    }
    return second;
  }

  /** What the store knows of an object; asked again where it knows nothing. */
  Optional<ObjectInfo> stat(String key) {
    Optional<ObjectInfo> first = store.stat(key);
    return first.isPresent() ? first : store.stat(key);
  }

  /** Something looked damaged and was not when it was read again. */
  void countPassing() {
    passing.increment();
  }

  long passing() {
    return passing.sum();
  }

  /**
   * What a failed read says about the object.
   *
   * @throws DynavaultException the failure itself if it says nothing about the object
   */
  static String reason(DynavaultException failure) {
    if (!OF_ONE_OBJECT.contains(failure.code())) {
      throw failure;
    }
    return failure.code() == ErrorCode.OBJECT_NOT_FOUND
        ? "the file is missing"
        : "the file cannot be read: " + failure.getMessage();
  }
}
