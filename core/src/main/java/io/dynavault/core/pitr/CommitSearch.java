// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.LateChanges;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.CommittedChanges.NeededFile;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the change files between the best base of a chain and a moment. Used once. */
final class CommitSearch {
  private final ChainLog log;
  private final long newest;
  private final RecoveryWindow window;
  private final UsableBase candidate;
  private final Base base;
  private final Instant moment;
  private final List<NeededFile> files = new ArrayList<>();
  private final Instant seenUntil;
  private long newItems;
  private long lastCommit;

  CommitSearch(ChainWindow chain, Instant moment, Set<RecoveryPointId> preferred) {
    this.log = chain.log();
    this.newest = chain.last().number();
    this.window = chain.window();
    this.candidate = chain.baseFor(moment, preferred);
    this.base = candidate.base();
    this.moment = moment;
    this.seenUntil = seenUntil();
  }

  /** A scan has seen nothing that was made then or later; what was made of changes saw no other. */
  private Instant seenUntil() {
    long with = base.completeWith();
    return with == 0 || base.changesSince().isPresent()
        ? Instant.MIN
        : log.commits(with, with).get(0).completeTo();
  }

  MomentPlan plan(List<String> notes) {
    Commit complete =
        log.firstCompleteTo(moment, newest)
            .orElseThrow(
                () ->
                    new DynavaultException(
                        ErrorCode.DAMAGED,
                        "unable to use %s: no commit is complete to %s".formatted(log, moment)));
    long from = base.afterCommit() + 1;
    lastCommit = Math.max(complete.number(), base.completeWith());
    log.walk(
        from,
        lastCommit,
        commit -> {
          take(commit);
          return true;
        });
    List<String> all = new ArrayList<>(notes);
    findLate().ifPresent(all::add);
    CommittedChanges changes =
        new CommittedChanges(
            log.chain().id(), from, lastCommit, base.changesSince(), files, newItems);
    return new MomentPlan(moment, window, candidate.point(), changes, all);
  }

  /** Looks behind the commit that is complete to the moment; says if that cannot be done. */
  private Optional<String> findLate() {
    try {
      log.walk(lastCommit + 1, newest, this::takeLate);
      return Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.of(
          "changes of before %s would be missing that came late, if there were any: %s"
              .formatted(moment, e.getMessage()));
    }
  }

  private void take(Commit commit) {
    boolean undoes = commit.number() <= base.completeWith() || isLateBy(commit, seenUntil);
    int before = files.size();
    boolean beyond = false;
    for (ChangeFile file : commit.files()) {
      boolean inBase =
          undoes
              && base.changesSince().filter(since -> file.lastTime().isBefore(since)).isPresent();
      if (!inBase && (undoes || file.firstTime().isBefore(moment))) {
        files.add(new NeededFile(file, undoes));
        beyond |= undoes && !file.lastTime().isBefore(moment);
      }
    }
    if (files.size() > before) {
      // an item that is not in the base was inserted before the moment, or removed after it
      newItems += commit.counts().inserts() + (beyond ? commit.counts().removes() : 0);
    }
  }

  private static boolean isLateBy(Commit commit, Instant time) {
    return commit.late().map(LateChanges::earliest).filter(late -> late.isBefore(time)).isPresent();
  }

  /**
   * Changes before the moment that came after the commit that was to have them all, and changes
   * after it that the base has seen before they came.
   */
  private boolean takeLate(Commit commit) {
    if (isLateBy(commit, moment) || isLateBy(commit, seenUntil)) {
      take(commit);
      lastCommit = commit.number();
    }
    Instant last = seenUntil.isAfter(moment) ? seenUntil : moment;
    return LateChanges.mayFollow(commit, last);
  }
}
