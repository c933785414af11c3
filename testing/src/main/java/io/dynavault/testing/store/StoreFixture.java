// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.UnfinishedUpload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store for each test, and the words in which the contract is written. */
abstract class StoreFixture {
  static final int THREADS = 16;
  static final int BIG_BYTES = 20 * 1024 * 1024;

  protected ObjectStore store;

  /** Opens a store that is empty. */
  protected abstract ObjectStore openEmpty() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = openEmpty();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  /** Runs the call in many threads at one moment; results are in the order of the callers. */
  static <T> List<T> together(Caller<T> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        int number = caller;
        calls.add(
            () -> {
              start.await();
              return call.call(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  protected final String read(String key) throws Exception {
    return new String(readFully(store.read(key)), UTF_8);
  }

  protected static byte[] readFully(ObjectDownload download) throws Exception {
    try (download) {
      return download.readAllBytes();
    }
  }

  protected final List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    return keys;
  }

  final List<UnfinishedUpload> unfinished() {
    List<UnfinishedUpload> uploads = new ArrayList<>();
    store.listUnfinished(uploads::add);
    return uploads;
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static AbstractThrowableAssert<?, ?> assertFails(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @FunctionalInterface
  interface Caller<T> {
    T call(int number) throws Exception;
  }
}
