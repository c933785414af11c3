// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The stored object of a lease that we have. Renewals from several threads go one after the other:
 * each is conditional on the version that the one before has written.
 */
final class LeaseObject {
  private final ObjectStore store;
  private final String title;
  private final ReentrantLock turn = new ReentrantLock();
  // The three below are guarded by turn.
  private LeaseState state;
  private ObjectInfo info;
  private @Nullable DynavaultException lost;

  LeaseObject(ObjectStore store, String title, LeaseState state, ObjectInfo info) {
    this.store = requireNonNull(store, "store is null");
    this.title = requireNonNull(title, "title is null");
    this.state = requireNonNull(state, "state is null");
    this.info = requireNonNull(info, "info is null");
  }

  LeaseState state() {
    turn.lock();
    try {
      return state;
    } finally {
      turn.unlock();
    }
  }

  void renew() {
    turn.lock();
    try {
      if (lost != null) {
        throw new DynavaultException(lost.code(), messageOf(lost), lost.hint(), lost);
      }
      replaceBy(state.renewed());
    } finally {
      turn.unlock();
    }
  }

  /** Makes the lease free for others, if it is still ours. */
  void release() {
    turn.lock();
    try {
      if (lost == null && stillOurs()) {
        replaceBy(state.released());
      }
    } finally {
      turn.unlock();
    }
  }

  /** Removes the object, if it is still ours. */
  void remove() {
    turn.lock();
    try {
      if (lost == null && stillOurs()) {
        store.delete(info.key());
      }
    } finally {
      turn.unlock();
    }
  }

  private void replaceBy(LeaseState next) {
    byte[] content = LeaseStateParser.write(next);
    Optional<ObjectInfo> written = store.replace(info.key(), content, info.version());
    // A write whose answer was lost leaves a version that we do not know yet.
    if (written.isEmpty() && stillOurs()) {
      written = store.replace(info.key(), content, info.version());
    }
    if (written.isEmpty()) {
      lost = lostTo(StoredJson.find(store, info.key()));
      throw lost;
    }
    info = written.get();
    state = next;
  }

  /** Whether the stored object is of our holding; takes over the version it has now. */
  private boolean stillOurs() {
    Optional<StoredJson> found = StoredJson.find(store, info.key());
    if (found.isEmpty() || !LeaseStateParser.read(found.get()).isSameHolding(state)) {
      return false;
    }
    info = found.get().info();
    return true;
  }

  private DynavaultException lostTo(Optional<StoredJson> found) {
    String by =
        found
            .map(LeaseStateParser::read)
            .map(other -> "taken over by " + other.holder())
            .orElse("its object is gone");
    return new DynavaultException(
        ErrorCode.LEASE_LOST, "the lease for the " + title + " was lost: " + by);
  }

  private static String messageOf(DynavaultException e) {
    return requireNonNull(e.getMessage(), "message is null");
  }
}
