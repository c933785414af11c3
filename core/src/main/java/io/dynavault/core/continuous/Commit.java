// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a chain: some change files, and how far each shard was read with them.
 *
 * @param number from 1, without gaps
 * @param written by the writer's clock; only its hour matters, see {@link ChainLog#writtenAt}
 * @param epoch of the lease under which it was written
 * @param completeTo whole seconds: all changes whose time is before it are in the chain up to here
 * @param files in order
 * @param positions of all shards, with this commit
 * @param counts of the changes in the files
 * @param late changes that come later than an earlier commit promised
 */
public record Commit(
    RecoveryPointId chain,
    long number,
    Instant written,
    long epoch,
    Instant completeTo,
    List<ChangeFile> files,
    Map<String, ShardPosition> positions,
    ChangeCounts counts,
    Optional<LateChanges> late) {
  public Commit {
    requireNonNull(chain, "chain is null");
    requireNonNull(written, "written is null");
    requireNonNull(completeTo, "completeTo is null");
    files = List.copyOf(files);
    positions = Map.copyOf(positions);
    requireNonNull(counts, "counts is null");
    requireNonNull(late, "late is null");
    if (number < 1 || number > ContinuousKeys.MAX_COMMIT) {
      throw new IllegalArgumentException("not the number of a commit: " + number);
    }
    if (!completeTo.equals(completeTo.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("completeTo is not a whole second");
    }
    if (files.stream().mapToLong(ChangeFile::changes).sum() != counts.total()) {
      throw new IllegalArgumentException("the files have other numbers of changes than the commit");
    }
  }

  /** The hour in whose index it is. */
  public Instant hour() {
    return written.truncatedTo(ChronoUnit.HOURS);
  }
}
