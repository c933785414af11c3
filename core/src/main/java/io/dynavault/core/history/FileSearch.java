// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.LateChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the change files of a chain that can have changes of a span. Commits are found through the
 * indexes of hours: a minute of a year costs some tens of small objects. Files are handed out in
 * batches, so that memory does not grow with the span.
 *
 * <p>A shard that is read faster than others has changes in commits before the first one that is
 * complete to the span's beginning. They were written when they had happened, so the search begins
 * with commits that were written well before the span. A record can come later than promised, as
 * long as the stream keeps it: the search ends a day behind the span.
 */
final class FileSearch {
  private static final int BATCH = 4096;

  private static final Duration CLOCK_ERROR = Duration.ofMinutes(15);

  private final ChainSlice slice;
  private long next;
  private boolean atEnd;

  FileSearch(ChainSlice slice) {
    this.slice = requireNonNull(slice, "slice is null");
    this.next =
        slice
            .from()
            .map(from -> slice.log().firstNumberFrom(from, CLOCK_ERROR))
            .orElseGet(() -> slice.log().firstNumber());
  }

  /** The next files, by commit and by their order in it; none at the end. */
  List<ChangeFile> nextBatch() {
    List<ChangeFile> files = new ArrayList<>();
    if (!atEnd) {
      slice.log().walk(next, slice.last().number(), commit -> visit(commit, files));
      atEnd = atEnd || next > slice.last().number();
    }
    return files;
  }

  private boolean visit(Commit commit, List<ChangeFile> files) {
    commit.files().stream().filter(this::overlaps).forEach(files::add);
    next = commit.number() + 1;
    atEnd = slice.to().filter(to -> !LateChanges.mayFollow(commit, to)).isPresent();
    return !atEnd && files.size() < BATCH;
  }

  private boolean overlaps(ChangeFile file) {
    return slice.from().map(from -> !file.lastTime().isBefore(from)).orElse(true)
        && slice.to().map(to -> file.firstTime().isBefore(to)).orElse(true);
  }
}
