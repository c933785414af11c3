// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
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
  private final Instant moment;
  private final FileRule rule;
  private final NeededFiles.Builder files;
  private long newItems;
  private long lastCommit;

  CommitSearch(ChainWindow chain, Instant moment, Set<RecoveryPointId> preferred) {
    this.log = chain.log();
    this.newest = chain.last().number();
    this.window = chain.window();
    this.candidate = chain.baseFor(moment, preferred);
    this.moment = moment;
    Base base = candidate.base();
    this.lastCommit = Math.max(complete().number(), base.completeWith());
    this.rule = new FileRule(base, moment, seenUntil(base), lastCommit);
    this.files = new NeededFiles.Builder(log, rule);
  }

  private Commit complete() {
    return log.firstCompleteTo(moment, newest)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.DAMAGED,
                    "unable to use %s: no commit is complete to %s".formatted(log, moment)));
  }

  /** A scan has seen nothing that was made then or later; what was made of changes saw no other. */
  private Instant seenUntil(Base base) {
    long with = base.completeWith();
    return with == 0 || base.changesSince().isPresent()
        ? Instant.MIN
        : log.commits(with, with).get(0).completeTo();
  }

  MomentPlan plan(List<String> notes) {
    Base base = candidate.base();
    long from = base.afterCommit() + 1;
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
            log.chain().id(), from, lastCommit, base.changesSince(), files.build(), newItems);
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
    List<NeededFile> needed = files.add(commit);
    if (!needed.isEmpty()) {
      // an item that is not in the base was inserted before the moment, or removed after it
      boolean beyond = needed.stream().anyMatch(rule::takesBack);
      newItems += commit.counts().inserts() + (beyond ? commit.counts().removes() : 0);
    }
  }

  private boolean takeLate(Commit commit) {
    if (rule.isLate(commit)) {
      take(commit);
      lastCommit = commit.number();
    }
    return rule.mayBeLateAfter(commit);
  }
}
