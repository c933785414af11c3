// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the commits of a chain lead that can be read.
 *
 * @param last the last commit before the first one that is missing or damaged, if one is
 * @param damage why there were later ones, one sentence; empty where the chain is whole
 */
public record ChainReach(Optional<Commit> last, Optional<String> damage) {
  public ChainReach {
    requireNonNull(last, "last is null");
    requireNonNull(damage, "damage is null");
  }

  /** Looks at the end of a chain; what is damaged farther back is found by whoever reads it. */
  public static ChainReach of(ChainLog log) {
    Optional<Commit> last;
    try {
      last = log.last();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return new ChainReach(
          log.lastReadable(),
          Optional.of(
              "chain '%s' can be used in part only: %s"
                  .formatted(log.chain().id(), e.getMessage())));
    }
    return new ChainReach(last, isCut(log, last) ? Optional.of(cut(log, last)) : Optional.empty());
  }

  /**
   * The last commit; of a chain that has ended the last one that can be read, since its end tells
   * of the damage.
   *
   * @throws DynavaultException {@code DAMAGED} if a chain that goes on cannot be read
   */
  public static Optional<Commit> lastKnown(ChainLog log) {
    return log.end().isPresent() ? of(log).last() : log.last();
  }

  /** Whether the end of the chain, or a base, speaks of commits that are not there. */
  private static boolean isCut(ChainLog log, Optional<Commit> last) {
    Instant complete = complete(log, last);
    long number = last.map(Commit::number).orElse(0L);
    return log.end().filter(end -> end.completeTo().isAfter(complete)).isPresent()
        || log.readableBases(damaged -> {}).stream().anyMatch(base -> base.completeWith() > number);
  }

  private static String cut(ChainLog log, Optional<Commit> last) {
    return "chain '%s' has lost its last commits: those that are left are complete to %s"
        .formatted(log.chain().id(), complete(log, last));
  }

  private static Instant complete(ChainLog log, Optional<Commit> last) {
    return last.map(Commit::completeTo).orElse(log.chain().started());
  }
}
