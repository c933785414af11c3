// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The changes of a continuous backup that lead from a base to a moment.
 *
 * @param firstCommit the first commit that is read
 * @param lastCommit the last one of them; less by one where none has to be
 * @param changesSince changes before this time are in the base, where it may have seen their file
 * @param files in the order of their changes
 * @param newItems how many items there can be at most that the base does not have
 */
public record CommittedChanges(
    RecoveryPointId chain,
    long firstCommit,
    long lastCommit,
    Optional<Instant> changesSince,
    List<NeededFile> files,
    long newItems)
    implements MomentPlan.Source {
  public CommittedChanges {
    requireNonNull(chain, "chain is null");
    requireNonNull(changesSince, "changesSince is null");
    files = List.copyOf(files);
  }

  /**
   * A file that is read.
   *
   * @param undoes whether the base may have seen its changes, so that those after the moment are
   *     taken back, and those before {@code changesSince} are not repeated
   */
  public record NeededFile(ChangeFile file, boolean undoes) {
    public NeededFile {
      requireNonNull(file, "file is null");
    }
  }

  /** Lines of the files; some may not count. */
  public long changes() {
    return files.stream().mapToLong(needed -> needed.file().changes()).sum();
  }

  /** Tells these changes from others, also from those that a late commit has more of. */
  String name(RecoveryPoint base) {
    return "%s after %s to %d in %d files".formatted(chain, base.id(), lastCommit, files.size());
  }
}
