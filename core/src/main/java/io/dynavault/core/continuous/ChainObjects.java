// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a chain byte for byte, as a copy needs them: those of a later version may say more
 * than we understand. Safe for several threads.
 */
public final class ChainObjects {
  private final ObjectStore store;
  private final Chain chain;
  private final CommitObjects commits;

  ChainObjects(ObjectStore store, Chain chain) {
    this.store = requireNonNull(store, "store is null");
    this.chain = requireNonNull(chain, "chain is null");
    this.commits = new CommitObjects(store, chain);
  }

  /**
   * A commit.
   *
   * @param content of its object
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
  public record StoredCommit(Commit commit, byte[] content) {}

  /**
   * The index of an hour.
   *
   * @param first number of the first commit that it has
   * @param last number of the last commit that it has
   * @param content of its object
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
  public record StoredHour(Instant hour, long first, long last, byte[] content) {}

  /** What the chain is. */
  public byte[] description() {
    String key = chain.keys().description();
    return find(key)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.RECOVERY_POINT_NOT_FOUND,
                    "unable to read the continuous backup of table '%s': chain '%s' is gone"
                        .formatted(chain.tableName(), chain.id())));
  }

  /**
   * A commit. One whose object is gone or damaged is taken from the index of its hour.
   *
   * @throws DynavaultException {@code DAMAGED} if that does not have it either
   */
  public StoredCommit commit(long number) {
    try {
      Optional<StoredJson> stored = StoredJson.find(store, chain.keys().commit(number));
      if (stored.isPresent()) {
        Commit commit = CommitParser.read(stored.get(), chain);
        return new StoredCommit(commit, stored.get().content());
      }
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
    }
    return indexed(number);
  }

  private StoredCommit indexed(long number) {
    AtomicReference<@Nullable Commit> found = new AtomicReference<>();
    new CommitWalk(commits)
        .walk(
            number,
            number,
            commit -> {
              found.set(commit);
              return false;
            });
    Commit indexed = requireNonNull(found.get(), "a commit that is nowhere was found");
    return new StoredCommit(indexed, CommitParser.write(indexed));
  }

  /** The hours that have an index, oldest first. */
  public List<Instant> hours() {
    return commits.hours();
  }

  /** The index of an hour; empty where it is gone or damaged. */
  public Optional<StoredHour> hour(Instant hour) {
    try {
      return StoredJson.find(store, chain.keys().hour(hour))
          .map(
              stored -> {
                List<Commit> indexed = CommitParser.readHour(stored, chain);
                return new StoredHour(
                    hour,
                    indexed.get(0).number(),
                    indexed.get(indexed.size() - 1).number(),
                    stored.content());
              });
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  List<Base> bases(Consumer<DynavaultException> damaged) {
    List<String> keys = new ArrayList<>();
    store.list(
        chain.keys().bases(),
        info -> chain.keys().parseBase(info.key()).ifPresent(id -> keys.add(info.key())));
    return keys.stream()
        .flatMap(key -> base(key, damaged).stream())
        .sorted(Comparator.comparing(Base::restorableFrom).thenComparing(Base::recoveryPoint))
        .toList();
  }

  private Optional<Base> base(String key, Consumer<DynavaultException> damaged) {
    try {
      return StoredJson.find(store, key).map(stored -> BaseParser.read(stored, chain));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      damaged.accept(e);
      return Optional.empty();
    }
  }

  /** That a recovery point is a base. */
  public Optional<byte[]> base(RecoveryPointId recoveryPoint) {
    return find(chain.keys().base(recoveryPoint.value()));
  }

  /** What has expired. */
  public Optional<byte[]> expiry(long throughCommit) {
    return find(chain.keys().expired(throughCommit));
  }

  /** That the chain has ended. */
  public Optional<byte[]> end() {
    return find(chain.keys().end());
  }

  private Optional<byte[]> find(String key) {
    return StoredJson.find(store, key).map(StoredJson::content);
  }
}
