// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.item.StreamPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what a capture does, and passes it on. Confined to one thread. */
final class Tally implements CaptureListener {
  private final String tableName;
  private final CaptureListener next;
  private final List<ChainEnd> gaps = new ArrayList<>();
  private Optional<RecoveryPointId> chain = Optional.empty();
  private Optional<Instant> completeTo = Optional.empty();
  private ChangeCounts changes = ChangeCounts.NONE;
  private long commits;

  Tally(String tableName, CaptureListener next) {
    this.tableName = requireNonNull(tableName, "tableName is null");
    this.next = requireNonNull(next, "next is null");
  }

  @Override
  public void heard(String table, CaptureEvent event) {
    if (event instanceof CaptureEvent.Begun begun) {
      chain = Optional.of(begun.chain().id());
      completeTo = Optional.empty();
    } else if (event instanceof CaptureEvent.Resumed resumed) {
      chain = Optional.of(resumed.chain().id());
      completeTo = resumed.last().map(Commit::completeTo);
    } else if (event instanceof CaptureEvent.Committed committed) {
      commits++;
      changes = changes.plus(committed.commit().counts());
      completeTo = Optional.of(committed.commit().completeTo());
    } else if (event instanceof CaptureEvent.Gap gap) {
      gaps.add(gap.end());
    }
    next.heard(table, event);
  }

  @Override
  public void read(StreamPage page, int index) {
    next.read(page, index);
  }

  /** Commits so far. */
  long commits() {
    return commits;
  }

  /** Gaps because of changes that contradict those before them. */
  long contradictions() {
    return gaps.stream().filter(end -> end.reason() == ChainEnd.Reason.CONTRADICTION).count();
  }

  /** Whether no chain was seen yet. */
  boolean isNew() {
    return chain.isEmpty();
  }

  CaptureResult result() {
    return new CaptureResult(tableName, chain, completeTo, commits, changes, gaps);
  }
}
