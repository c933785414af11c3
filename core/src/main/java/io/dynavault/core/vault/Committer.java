// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ObjectKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a recovery point exist, by writing its record last. If we die before the put, nothing
 * exists and the run can be resumed; after it, the recovery point is complete.
 */
final class Committer {
  private final ObjectStore store;
  private final PointFiles files;
  private final LeaseSettings settings;

  Committer(ObjectStore store, LeaseSettings settings) {
    this.store = requireNonNull(store, "store is null");
    this.files = new PointFiles(store);
    this.settings = requireNonNull(settings, "settings is null");
  }

  CatalogEntry commit(RecoveryPoint point, byte[] content, Lease lease) {
    List<StoredFile> missing = files.missing(point);
    if (!missing.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.DAMAGED, "unable to commit " + title(point) + ": " + describe(missing));
    }
    long startNanos = settings.ticker().nanos();
    Instant start = settings.clock().instant();
    lease.verify();
    ObjectInfo record = put(point, content);
    if (slept(startNanos, start, lease.ttl()) && !files.missing(point).isEmpty()) {
      store.delete(record.key());
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to commit " + title(point) + ": this process stood still and its files are gone");
    }
    return new CatalogEntry(point, record.lastModified());
  }

  private ObjectInfo put(RecoveryPoint point, byte[] content) {
    String key = ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
    Optional<DynavaultException> failure = tryPut(key, content);
    Optional<StoredJson> stored = readBack(key, point, failure);
    if (stored.isPresent() && Arrays.equals(stored.get().content(), content)) {
      return stored.get().info();
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    throw new DynavaultException(
        ErrorCode.LEASE_LOST,
        "unable to commit " + title(point) + ": its record exists and says something else");
  }

  private Optional<StoredJson> readBack(
      String key, RecoveryPoint point, Optional<DynavaultException> failure) {
    try {
      return StoredJson.find(store, key);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      DynavaultException unknown =
          new DynavaultException(
              ErrorCode.OUTCOME_UNKNOWN,
              "unable to tell whether "
                  + title(point)
                  + " was committed: its record cannot be read back: "
                  + e.getMessage(),
              "see whether it is there with: dynavault list",
              e);
      failure.ifPresent(unknown::addSuppressed);
      throw unknown;
    }
  }

  /** The failure of the put, if it may nevertheless have happened: reading back will tell. */
  private Optional<DynavaultException> tryPut(String key, byte[] content) {
    try {
      store.putIfAbsent(key, content);
      return Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private boolean slept(long startNanos, Instant start, Duration ttl) {
    Duration monotonic = Duration.ofNanos(settings.ticker().nanos() - startNanos);
    Duration wall = Duration.between(start, settings.clock().instant()).abs();
    return monotonic.compareTo(ttl) > 0 || wall.compareTo(ttl) > 0;
  }

  private static String describe(List<StoredFile> missing) {
    return missing.size()
        + " of its files are missing or have another size, such as '"
        + missing.get(0).key()
        + "'";
  }

  private static String title(RecoveryPoint point) {
    return "recovery point '" + point.id() + "' of table '" + point.tableName() + "'";
  }
}
