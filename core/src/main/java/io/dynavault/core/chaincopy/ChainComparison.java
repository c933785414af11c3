// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainObjects;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a chain with its copy, as both are now. */
final class ChainComparison {
  private final ChainLog source;
  private final ChainObjects objects;
  private final Vault target;
  private final Optional<ChainLog> there;

  /** Read first: where it has ended, the last commit that is found afterwards is the last one. */
  private final Optional<byte[]> end;

  private final long last;

  ChainComparison(ChainLog source, Vault target) {
    this.source = requireNonNull(source, "source is null");
    this.objects = source.stored();
    this.target = requireNonNull(target, "target is null");
    this.there =
        new ContinuousBackups(target.store()).find(source.chain().tableName(), source.chain().id());
    this.end = objects.end();
    // What comes before a damaged commit is copied; whoever copies tells of the damage then.
    this.last =
        ChainReach.of(source).last().map(Commit::number).orElseGet(() -> source.firstNumber() - 1);
  }

  ChainDelta delta() {
    return there.isPresent() ? delta(there.get()) : whole();
  }

  private ChainDelta whole() {
    Optional<Expiry> expiry = source.expiry();
    long floor = expiry.map(Expiry::throughCommit).orElse(0L);
    return new ChainDelta(
        source,
        Optional.empty(),
        floor + 1,
        last,
        Optional.empty(),
        floor,
        expiry,
        objects.hours(),
        end);
  }

  private ChainDelta delta(ChainLog copy) {
    if (!Arrays.equals(copy.stored().description(), objects.description())) {
      throw differs("its description");
    }
    Optional<Commit> before = copy.last();
    long copied = before.map(Commit::number).orElseGet(() -> copy.firstNumber() - 1);
    requireSameCommit(copy, Math.min(copied, last));
    requireSameEnd(copy, copied);
    boolean isNew = last > copied || (end.isPresent() && copy.end().isEmpty());
    if (isNew && copy.origin().isEmpty()) {
      throw captured();
    }
    Optional<Expiry> expiry = expiry(copy, copied);
    long floor = Math.max(copy.firstNumber() - 1, expiry.map(Expiry::throughCommit).orElse(0L));
    long from = Math.max(copied, floor) + 1;
    return new ChainDelta(
        source,
        there,
        from,
        last,
        before,
        floor,
        expiry,
        hours(copy, before, from),
        isNew ? end : Optional.empty());
  }

  /** One that has expired on either side is not compared: its number alone says which it is. */
  private void requireSameCommit(ChainLog copy, long number) {
    boolean comparable =
        number >= source.firstNumber() && number >= copy.firstNumber() && number > 0;
    if (comparable
        && !objects.commit(number).commit().equals(copy.stored().commit(number).commit())) {
      throw differs("commit " + number);
    }
  }

  private void requireSameEnd(ChainLog copy, long copied) {
    Optional<byte[]> known = copy.stored().end();
    boolean wentOn = last > copied;
    boolean other = known.isPresent() && end.isPresent() && !Arrays.equals(known.get(), end.get());
    if (known.isPresent() && (wentOn || other)) {
      throw differs("its end");
    }
  }

  /** What a copy without any commit begins with; one that has some cannot leave others out. */
  private Optional<Expiry> expiry(ChainLog copy, long copied) {
    Optional<Expiry> expiry = source.expiry().filter(expired -> expired.throughCommit() > copied);
    if (expiry.isPresent() && (copy.last().isPresent() || !copy.bases().isEmpty())) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          """
          unable to go on with the copy of chain '%s' of table '%s' in '%s': it ends with commit \
          %d, and commits %d to %d have expired in the source since\
          """
              .formatted(
                  source.chain().id(),
                  source.chain().tableName(),
                  target.store().location(),
                  copied,
                  copied + 1,
                  expiry.get().throughCommit()),
          """
          what was copied can be restored as before; give another vault with --target-vault, \
          which gets all that the source has, and copy more often than its window is long\
          """);
    }
    return expiry;
  }

  /**
   * The hours whose index the copy lacks. Those before its last commit's are there: the commits of
   * an hour are indexed before those of the next one are copied.
   */
  private List<Instant> hours(ChainLog copy, Optional<Commit> before, long from) {
    Instant first = before.map(Commit::hour).orElse(Instant.EPOCH);
    Set<Instant> known = new HashSet<>(copy.stored().hours());
    return objects.hours().stream()
        .filter(hour -> !hour.isBefore(first) && !known.contains(hour))
        .filter(hour -> from <= last || isWhole(hour, copy.firstNumber()))
        .toList();
  }

  private boolean isWhole(Instant hour, long firstNumber) {
    return objects
        .hour(hour)
        .filter(index -> index.last() >= firstNumber && index.last() <= last)
        .isPresent();
  }

  private DynavaultException differs(String what) {
    return differs(source.chain(), target, what);
  }

  static DynavaultException differs(Chain chain, Vault target, String what) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_EXISTS,
        "unable to copy chain '%s' of table '%s' to '%s': %s differs there, both vaults have captured it"
            .formatted(chain.id(), chain.tableName(), target.store().location(), what),
        "give another vault with --target-vault; let one vault capture, and copy to the others");
  }

  private DynavaultException captured() {
    Chain chain = source.chain();
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_EXISTS,
        "unable to copy chain '%s' of table '%s' to '%s': it was captured there, and is no copy"
            .formatted(chain.id(), chain.tableName(), target.store().location()),
        "give another vault with --target-vault; let one vault capture, and copy to the others");
  }
}
