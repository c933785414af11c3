// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.retry;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;

/**
 * A download that opens its object again at the byte reached when reading fails in a way that can
 * pass. The bound is on failures without progress: a large object may break more often than a small
 * one.
 */
final class ResumingDownload extends ObjectDownload {
  private static final int MAX_FAILURES = 5;

  private final ObjectStore store;
  private final Backoff backoff;
  private final ObjectInfo info;
  private final long start;
  private final long length;
  private ObjectDownload current;
  private long position;
  private int failures;

  ResumingDownload(
      ObjectStore store, Backoff backoff, ObjectDownload first, long start, long length) {
    this.store = store;
    this.backoff = backoff;
    this.info = first.info();
    this.current = first;
    this.start = start;
    this.length = length;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    while (true) {
      try {
        int read = current.read(buffer, offset, count);
        if (read > 0) {
          position += read;
          failures = 0;
        }
        return read;
      } catch (DynavaultException e) {
        resumeAfter(e);
      }
    }
  }

  /** Opens the rest, or throws the failure if it cannot pass or came too often. */
  private void resumeAfter(DynavaultException failure) {
    DynavaultException last = failure;
    while (true) {
      failures++;
      if (!canPass(last) || failures > MAX_FAILURES) {
        throw last;
      }
      await(failure);
      current.close();
      try {
        current = store.read(info.key(), start + position, length - position);
        requireSameVersion(failure);
        return;
      } catch (DynavaultException e) {
        e.addSuppressed(failure);
        last = e;
      }
    }
  }

  private static boolean canPass(DynavaultException e) {
    return e.code() == ErrorCode.SERVICE_UNAVAILABLE || e.code() == ErrorCode.THROTTLED;
  }

  private void await(DynavaultException failure) {
    try {
      backoff.await(failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, failure.getMessage() + "; interrupted before trying again", e);
    }
  }

  private void requireSameVersion(DynavaultException failure) {
    if (!current.info().version().equals(info.version())) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to read '" + info.key() + "': it was replaced while it was read",
          "run again",
          failure);
    }
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() {
    current.close();
  }
}
