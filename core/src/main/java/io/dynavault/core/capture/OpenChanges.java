// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.LateChanges;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.time.Timing;
import io.dynavault.format.change.ChangeTally;
import io.dynavault.format.item.StreamPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes that were read since the last commit, in a change file that begins with the first of
 * them. Confined to one thread.
 */
final class OpenChanges implements AutoCloseable {
  private final ObjectStore store;
  private final Chain chain;
  private final Timing timing;
  private @Nullable OpenFile file;
  private long late;
  private long earliestLateMicros = Long.MAX_VALUE;

  OpenChanges(ObjectStore store, Chain chain, Timing timing) {
    this.store = requireNonNull(store, "store is null");
    this.chain = requireNonNull(chain, "chain is null");
    this.timing = requireNonNull(timing, "timing is null");
  }

  boolean isEmpty() {
    return file == null;
  }

  /** Uncompressed bytes of the changes. */
  long bytes() {
    OpenFile open = file;
    return open == null ? 0 : open.bytes();
  }

  /**
   * Adds a change.
   *
   * @param timeMicros its time, in microseconds of the epoch
   * @param promised what the last commit is complete to: an earlier change comes late
   */
  void write(StreamPage page, int index, long timeMicros, Instant promised) {
    OpenFile open = file;
    if (open == null) {
      open = OpenFile.begin(store, chain, timing);
      file = open;
    }
    open.write(page, index, timeMicros);
    if (timeMicros < ChronoUnit.MICROS.between(Instant.EPOCH, promised)) {
      late++;
      earliestLateMicros = Math.min(earliestLateMicros, timeMicros);
    }
  }

  /** Stores the file, if there is one, and begins anew. */
  Changes finish() {
    OpenFile open = file;
    if (open == null) {
      return Changes.NONE;
    }
    ChangeFile stored = open.commit();
    ChangeTally tally = open.tally();
    Changes changes =
        new Changes(
            List.of(stored),
            new ChangeCounts(
                tally.inserts(), tally.modifies(), tally.removes(), tally.expirations()),
            late == 0
                ? Optional.empty()
                : Optional.of(new LateChanges(late, OpenFile.instant(earliestLateMicros))),
            Optional.of(stored.lastTime()));
    close();
    return changes;
  }

  /** Discards what was not stored. */
  @Override
  public void close() {
    OpenFile open = file;
    file = null;
    late = 0;
    earliestLateMicros = Long.MAX_VALUE;
    if (open != null) {
      open.close();
    }
  }
}
