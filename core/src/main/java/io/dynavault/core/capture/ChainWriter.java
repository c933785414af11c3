// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.stream.ShardPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Appends to a chain. What another process has appended ends it: nothing is written any more. Not
 * safe for several threads.
 */
final class ChainWriter {
  /** How wrong the clocks of those may be that have written before. */
  private static final Duration CLOCK_ERROR = Duration.ofMinutes(15);

  private final ChainLog log;
  private final long epoch;
  private final InstantSource clock;
  private Optional<Commit> last;

  /**
   * @param epoch of the lease
   */
  ChainWriter(ChainLog log, long epoch, InstantSource clock) {
    this.log = requireNonNull(log, "log is null");
    this.epoch = epoch;
    this.clock = requireNonNull(clock, "clock is null");
    this.last = log.last();
  }

  Chain chain() {
    return log.chain();
  }

  ChainLog log() {
    return log;
  }

  Optional<Commit> last() {
    return last;
  }

  /** The position of each shard after the last commit. */
  Map<String, ShardPosition> positions() {
    return last.map(Commit::positions).orElse(chain().positions());
  }

  /** Where the chain is complete to. */
  Instant completeTo() {
    return last.map(Commit::completeTo).orElse(chain().started().truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Whether the last commit has changes that it does not promise yet: they came within the seconds
   * that a promise stays behind, and can be restored to with the next commit.
   */
  boolean hasUnpromised() {
    return last.isPresent()
        && last.get().files().stream()
            .anyMatch(file -> !file.lastTime().isBefore(last.get().completeTo()));
  }

  /**
   * The time of the last change that is in the chain and not promised yet. A shard that was read
   * faster than the others has some in commits that are long past.
   */
  Optional<Instant> lastUnpromised() {
    Instant promised = completeTo();
    Instant[] latest = {Instant.MIN};
    log.walk(
        log.firstNumberFrom(promised, CLOCK_ERROR),
        last.map(Commit::number).orElse(0L),
        commit -> {
          commit.files().forEach(file -> latest[0] = later(latest[0], file.lastTime()));
          return true;
        });
    return Optional.of(latest[0]).filter(time -> !time.isBefore(promised));
  }

  /**
   * Appends a commit.
   *
   * @param completeTo is not taken back where an earlier commit has promised more
   * @throws DynavaultException {@code LEASE_LOST} if another process has written its number
   */
  Commit commit(Instant completeTo, Changes changes, Map<String, ShardPosition> positions) {
    Commit next =
        new Commit(
            chain().id(),
            last.map(Commit::number).orElse(0L) + 1,
            log.writtenAt(clock.instant()),
            epoch,
            later(completeTo.truncatedTo(ChronoUnit.SECONDS), completeTo()),
            changes.files(),
            positions,
            changes.counts(),
            changes.late());
    if (!log.append(next)) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to go on capturing table '%s': another process has written commit %d of chain '%s'"
              .formatted(chain().tableName(), next.number(), chain().id()),
          "let one process capture a table; see which with: dynavault continuous status "
              + chain().tableName());
    }
    last = Optional.of(next);
    return next;
  }

  /** Says that the chain has ended. */
  ChainEnd end(ChainEnd.Reason reason, String detail) {
    ChainEnd end = new ChainEnd(chain().id(), reason, detail, completeTo(), clock.instant());
    log.end(end);
    return end;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
