// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One chain of a vault: its commits, its bases and its end. Everything in it is written once.
 * Damaged or missing objects are {@code DAMAGED} with their key. Safe for several threads.
 */
public final class ChainLog {
  private final ObjectStore store;
  private final Chain chain;
  private final CommitObjects objects;
  private @Nullable ChainTail tail;

  ChainLog(ObjectStore store, Chain chain) {
    this.store = requireNonNull(store, "store is null");
    this.chain = requireNonNull(chain, "chain is null");
    this.objects = new CommitObjects(store, chain);
  }

  public Chain chain() {
    return chain;
  }

  /** The last commit, as the store has it now; empty where there is none, or all have expired. */
  public Optional<Commit> last() {
    Optional<Commit> indexed = new CommitWalk(objects).lastIndexed();
    long expired = objects.expired();
    long known = Math.max(expired, indexed.map(Commit::number).orElse(0L));
    long number = objects.lastNumber(known);
    if (number == expired) {
      return Optional.empty();
    }
    return indexed.filter(commit -> commit.number() == number).or(() -> objects.find(number));
  }

  /** The last commit before the first one, behind the last index, that cannot be read. */
  public Optional<Commit> lastReadable() {
    @Nullable Commit[] found = {new CommitWalk(objects).lastIndexed().orElse(null)};
    long known = found[0] == null ? 0 : found[0].number();
    try {
      new CommitWalk(objects)
          .walk(
              Math.max(objects.expired(), known) + 1,
              ContinuousKeys.MAX_COMMIT,
              commit -> {
                found[0] = commit;
                return true;
              });
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
    }
    return Optional.ofNullable(found[0]);
  }

  /** The number of the first commit that has not expired, whether it is there or not. */
  public long firstNumber() {
    return objects.expired() + 1;
  }

  /** What has expired of the chain; empty where nothing has. */
  public Optional<Expiry> expiry() {
    return objects.expiry();
  }

  /** Every change that was made then or later is in the chain, as far as it is complete. */
  public Instant completeFrom() {
    return expiry()
        .map(Expiry::completeFrom)
        .orElse(chain.started().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Has commits expire: from now on nobody reads them. */
  public void expire(Expiry expiry) {
    if (!expiry.chain().equals(chain.id())) {
      throw new IllegalArgumentException("the expiry of another chain: " + expiry.chain());
    }
    store.putIfAbsent(chain.keys().expired(expiry.throughCommit()), ExpiryParser.write(expiry));
  }

  /**
   * Appends a commit, after the index of the hour before it where it is the first one of an hour.
   * Its files have to be there. After a failure the very same commit may be appended again: if only
   * the answer was lost, it is recognised.
   *
   * @param commit with the next number, an hour and a {@code completeTo} that are not earlier than
   *     those of the commit before it; see {@link #writtenAt}
   * @return false if another process has taken the number: it captures the table now
   * @throws IllegalArgumentException if the commit does not follow the last one
   * @throws DynavaultException {@code DAMAGED} if one of its files is not there
   */
  public synchronized boolean append(Commit commit) {
    if (!commit.chain().equals(chain.id())) {
      throw new IllegalArgumentException("a commit of another chain: " + commit.chain());
    }
    ChainTail current = tail();
    if (commit.number() != current.next()) {
      current = readTail();
    }
    if (commit.number() > current.next()) {
      throw new IllegalArgumentException(
          "commit " + commit.number() + " is not the next one, " + current.next());
    }
    if (commit.number() < current.next()) {
      return current.isStored(commit);
    }
    boolean appended = current.append(commit);
    if (!appended) {
      tail = null;
    }
    return appended;
  }

  /**
   * What the next commit has as {@code written}: now, or the time of the last commit where the
   * clock has jumped back, so that hours never run backwards.
   */
  public synchronized Instant writtenAt(Instant now) {
    return tail().writtenAt(now);
  }

  /**
   * Reads what has to be known to append.
   *
   * @throws DynavaultException {@code DAMAGED} if that cannot be read: nothing can be appended then
   */
  public synchronized void requireTail() {
    tail();
  }

  private ChainTail tail() {
    ChainTail known = tail;
    return known == null ? readTail() : known;
  }

  private ChainTail readTail() {
    ChainTail read = ChainTail.read(store, chain);
    tail = read;
    return read;
  }

  /**
   * The commits from a number to another one, both included; only for spans that are known to be
   * short, else see {@link #walk}.
   */
  public List<Commit> commits(long from, long to) {
    List<Commit> commits = new ArrayList<>();
    walk(from, to, commits::add);
    return commits;
  }

  /** The commits from a number to the last one; only for spans that are known to be short. */
  public List<Commit> commitsFrom(long from) {
    return commits(from, last().map(Commit::number).orElse(0L));
  }

  /**
   * Hands out the commits from a number to another one, both included, in order and with few reads,
   * until the visitor has seen enough. Memory does not grow with their number.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if the first ones have expired,
   *     {@code DAMAGED} if one is missing, unless the visitor takes note of that
   */
  public void walk(long from, long to, CommitVisitor visitor) {
    requireNotExpired(from);
    unlessExpired(from, walk -> walk.walk(from, to, visitor));
  }

  /** The same, with one read, where all were written in one hour and that has an index. */
  public void walk(Instant hour, long from, long to, CommitVisitor visitor) {
    unlessExpired(from, walk -> walk.walk(List.of(hour), from, to, visitor));
  }

  private void unlessExpired(long from, Consumer<CommitWalk> read) {
    try {
      read.accept(new CommitWalk(objects));
    } catch (DynavaultException e) {
      requireNotExpired(from); // meanwhile
      throw e;
    }
  }

  /**
   * Makes sure that a commit, and so those after it, have not expired.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if it has
   */
  public void requireNotExpired(long number) {
    long expired = objects.expired();
    if (number <= expired) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to read the continuous backup of table '%s': commits %d to %d of chain '%s' have expired"
              .formatted(chain.tableName(), number, expired, chain.id()),
          "see what can be restored with: dynavault continuous status");
    }
  }

  /**
   * The first commit with which all changes before a time are there; empty if there is none yet.
   */
  public Optional<Commit> firstCompleteTo(Instant time) {
    return firstCompleteTo(time, last().map(Commit::number).orElse(0L));
  }

  /**
   * The same.
   *
   * @param last number of the last commit that is looked at
   */
  public Optional<Commit> firstCompleteTo(Instant time, long last) {
    long before = Math.max(objects.expired(), new CommitWalk(objects).lastIndexedBefore(time));
    AtomicReference<@Nullable Commit> found = new AtomicReference<>();
    walk(
        before + 1,
        last,
        commit -> {
          if (commit.completeTo().isBefore(time)) {
            return true;
          }
          found.set(commit);
          return false;
        });
    return Optional.ofNullable(found.get());
  }

  /**
   * The number of the first commit that can have changes of a time or later, and perhaps a smaller
   * one. A shard that is read faster than others has changes long before the chain is complete to
   * them, but a change is not written before it has happened.
   *
   * @param tolerance how wrong the clocks of writers may be
   */
  public long firstNumberFrom(Instant time, Duration tolerance) {
    CommitWalk walk = new CommitWalk(objects);
    Instant early = time.minus(tolerance);
    long before = Math.min(walk.lastIndexedBefore(early), walk.lastWrittenBefore(early));
    return Math.max(objects.expired(), before) + 1;
  }

  /** The hours that have an index, oldest first. */
  public List<Instant> hours() {
    return objects.hours();
  }

  /** The commits that the index of an hour has; empty where it is gone or damaged. */
  public Optional<List<Commit>> hour(Instant hour) {
    return objects.hour(hour);
  }

  /** A commit that has expired and may still be there; empty where it is gone or damaged. */
  public Optional<Commit> expired(long number) {
    try {
      return objects.find(number);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Which of the objects that name its change files are there. */
  public CommitInventory inventory() {
    return new CommitInventory(store, chain);
  }

  /** The bases by the second from which they can be rolled; their recovery points may be gone. */
  public List<Base> bases() {
    return readableBases(
        damaged -> {
          throw damaged;
        });
  }

  /**
   * Those of them that can be read: a damaged one says nothing of the others.
   *
   * @param damaged takes why another one cannot be read
   */
  public List<Base> readableBases(Consumer<DynavaultException> damaged) {
    return stored().bases(damaged);
  }

  /** That a recovery point is a base of this chain; empty if it is none. */
  public Optional<Base> base(RecoveryPointId recoveryPoint) {
    return StoredJson.find(store, chain.keys().base(recoveryPoint.value()))
        .map(stored -> BaseParser.read(stored, chain));
  }

  /**
   * Makes a recovery point a base. It counts from now on.
   *
   * @throws DynavaultException {@code LEASE_LOST} if it is one with other numbers
   */
  public void add(Base base) {
    if (!base.chain().equals(chain.id())) {
      throw new IllegalArgumentException("a base of another chain: " + base.chain());
    }
    String key = chain.keys().base(base.recoveryPoint().value());
    if (!putOnce(key, BaseParser.write(base))) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to make recovery point '%s' a base of the continuous backup of table '%s': another process has"
              .formatted(base.recoveryPoint(), chain.tableName()));
    }
  }

  /** Why and where the chain has ended; empty while it goes on. */
  public Optional<ChainEnd> end() {
    return StoredJson.find(store, chain.keys().end())
        .map(stored -> ChainEndParser.read(stored, chain));
  }

  /**
   * Ends the chain.
   *
   * @return false if it had ended before, and why it did is kept
   */
  public boolean end(ChainEnd end) {
    if (!end.chain().equals(chain.id())) {
      throw new IllegalArgumentException("the end of another chain: " + end.chain());
    }
    return putOnce(chain.keys().end(), ChainEndParser.write(end));
  }

  /** From where the chain was copied; empty where it was captured into this vault. */
  public Optional<CopyOrigin> origin() {
    return StoredJson.find(store, chain.keys().copied())
        .map(stored -> CopyOriginParser.read(stored, chain));
  }

  /** Whether another chain of the same stream was gone on with. */
  public boolean isReplaced() {
    try {
      return end().filter(end -> end.reason() == ChainEnd.Reason.REPLACED).isPresent();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return false;
    }
  }

  /** Whether the chain is a copy; asks for no more than whether something says so. */
  public boolean isCopy() {
    return store.stat(chain.keys().copied()).isPresent();
  }

  /** The chain's objects as they are stored. */
  public ChainObjects stored() {
    return new ChainObjects(store, chain);
  }

  /** Whether the object is there afterwards with this content, by us or before. */
  private boolean putOnce(String key, byte[] content) {
    return store.putIfAbsent(key, content).isPresent()
        || StoredJson.find(store, key)
            .filter(stored -> Arrays.equals(stored.content(), content))
            .isPresent();
  }

  @Override
  public String toString() {
    return "chain " + chain.id() + " of table " + chain.tableName();
  }
}
