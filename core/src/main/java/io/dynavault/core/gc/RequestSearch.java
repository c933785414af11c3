// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.gc.DebrisSearch.Verdict;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.RestoreRequestKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at what requests to the restore function have left, an object at a time. */
final class RequestSearch {
  /**
   * A request that comes again must find its answer, or it would restore once more over what users
   * have written since. AWS repeats one for a day at most; people look longer.
   */
  static final Duration ANSWERS_KEPT = Duration.ofDays(14);

  /** Functions go on with a request for less than that. */
  private static final Duration LONGEST_REQUEST = Duration.ofDays(1);

  private final Vault vault;
  private final ObjectStore store;
  private final Duration grace;

  RequestSearch(Vault vault, Duration grace) {
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.grace = requireNonNull(grace, "grace is null");
  }

  /** What an object of a request is named by where it is told of. */
  static RecoveryPointKey name(RestoreRequestKey key) {
    return new RecoveryPointKey(key.table().orElse(""), key.request());
  }

  /** An answer, or a checkpoint. */
  Verdict look(RestoreRequestKey key, Instant now) throws InterruptedException {
    return key.table().isPresent()
        ? checkpoint(key, key.table().get(), now)
        : answer(key.request(), now);
  }

  private Verdict answer(String request, Instant now) {
    Optional<ObjectInfo> info = store.stat(VaultKeys.restoreAnswer(request));
    return info.isEmpty() || isYoung(info.get(), ANSWERS_KEPT, now)
        ? Verdict.NOTHING
        : debris(Debris.Kind.REQUEST_ANSWER, request, "", info.get());
  }

  /** One that its request has left behind, or that nobody has gone on with for a day. */
  private Verdict checkpoint(RestoreRequestKey key, String table, Instant now)
      throws InterruptedException {
    String object = VaultKeys.restoreCheckpoint(key.request(), table);
    Optional<StoredJson> stored = StoredJson.find(store, object);
    if (stored.isEmpty()) {
      return Verdict.NOTHING;
    }
    ObjectInfo info = stored.get().info();
    boolean answered = store.stat(VaultKeys.restoreAnswer(key.request())).isPresent();
    if (isYoung(info, answered ? Duration.ZERO : LONGEST_REQUEST, now)) {
      return Verdict.left("a function may go on with it");
    }
    String point = stored.get().parse("checkpoint", json -> json.text("recovery_point_id"));
    if (!vault.leases().marks().living(Mark.Kind.READING, table, point).isEmpty()) {
      return Verdict.left("a restore may be at work");
    }
    return debris(Debris.Kind.REQUEST_CHECKPOINT, key.request(), table, info);
  }

  private boolean isYoung(ObjectInfo info, Duration kept, Instant now) {
    Duration age = kept.compareTo(grace) > 0 ? kept : grace;
    return info.lastModified().plus(age).isAfter(now);
  }

  private static Verdict debris(Debris.Kind kind, String request, String table, ObjectInfo info) {
    return Verdict.debris(
        kind,
        new RecoveryPointKey(table, request),
        new Found(List.of(info.key()), info.size(), info.lastModified()));
  }
}
