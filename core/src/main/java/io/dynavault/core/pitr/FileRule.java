// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.LateChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which change files of a chain lead from a base to a moment (docs/format/continuous.md, section
 * 7); the same ones of a commit whenever it is asked.
 *
 * @param seenUntil the base has seen nothing that was made then or later
 * @param through number of the commit that has all changes but late ones
 */
record FileRule(Base base, Instant moment, Instant seenUntil, long through) {
  FileRule {
    requireNonNull(base, "base is null");
    requireNonNull(moment, "moment is null");
    requireNonNull(seenUntil, "seenUntil is null");
  }

  /** Those of a commit, in its order. */
  List<NeededFile> needed(Commit commit) {
    if (commit.number() > through && !isLate(commit)) {
      return List.of();
    }
    boolean undoes = commit.number() <= base.completeWith() || isLateBy(commit, seenUntil);
    List<NeededFile> needed = new ArrayList<>();
    for (ChangeFile file : commit.files()) {
      if (!(undoes && isInBase(file)) && (undoes || file.firstTime().isBefore(moment))) {
        needed.add(new NeededFile(file, undoes));
      }
    }
    return needed;
  }

  /**
   * Whether a commit has changes before the moment that came after the commit that was to have them
   * all, or changes after it that the base has seen before they came.
   */
  boolean isLate(Commit commit) {
    return isLateBy(commit, moment) || isLateBy(commit, seenUntil);
  }

  /** Whether commits after this one may have such changes. */
  boolean mayBeLateAfter(Commit commit) {
    return LateChanges.mayFollow(commit, seenUntil.isAfter(moment) ? seenUntil : moment);
  }

  /** Whether changes of the file are taken back. */
  boolean takesBack(NeededFile needed) {
    return needed.undoes() && !needed.file().lastTime().isBefore(moment);
  }

  private boolean isInBase(ChangeFile file) {
    return base.changesSince().filter(since -> file.lastTime().isBefore(since)).isPresent();
  }

  private static boolean isLateBy(Commit commit, Instant time) {
    return commit.late().map(LateChanges::earliest).filter(late -> late.isBefore(time)).isPresent();
  }
}
