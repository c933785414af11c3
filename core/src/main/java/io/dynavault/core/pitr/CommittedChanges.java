// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.Optional;

/**
 * The changes of a continuous backup that lead from a base to a moment.
 *
 * @param firstCommit the first commit that is read
 * @param lastCommit the last one of them; less by one where none has to be
 * @param changesSince changes before this time are in the base, where it may have seen their file
 * @param newItems how many items there can be at most that the base does not have
 */
public record CommittedChanges(
    RecoveryPointId chain,
    long firstCommit,
    long lastCommit,
    Optional<Instant> changesSince,
    NeededFiles files,
    long newItems)
    implements MomentPlan.Source {
  public CommittedChanges {
    requireNonNull(chain, "chain is null");
    requireNonNull(changesSince, "changesSince is null");
    requireNonNull(files, "files is null");
  }

  /** Tells these changes from others, also from those that a late commit has more of. */
  String name(RecoveryPoint base) {
    return "%s after %s to %d in %d files".formatted(chain, base.id(), lastCommit, files.count());
  }
}
