// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.retry;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.time.Sleeper;
import java.util.random.RandomGenerator;

/**
 * A store whose reads survive a connection that breaks midway: they are opened again at the byte
 * reached, if the object is still the same. All else passes through; requests as such are retried
 * by the store's own client.
 */
public final class RetryingStore extends ForwardingStore {
  private final Backoff backoff;

  /** Wraps the store, and closes it when closed. */
  public RetryingStore(ObjectStore store, Sleeper sleeper, RandomGenerator random) {
    super(store);
    this.backoff = new Backoff(sleeper, random);
  }

  @Override
  public ObjectDownload read(String key) {
    ObjectDownload first = super.read(key);
    return new ResumingDownload(store(), backoff, first, 0, first.info().size());
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    return new ResumingDownload(store(), backoff, super.read(key, offset, length), offset, length);
  }
}
