// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import io.dynavault.core.job.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a run has finished so far: for each segment a chain of files, each beginning where the one
 * before it ended. Safe for several threads.
 */
final class FinishedFiles {

  /** A segment that nothing is known of begins at its beginning. */
  private static final Optional<String> BEGINNING = Optional.empty();

  private final List<FileState> files = new ArrayList<>();
  private final Map<Integer, Optional<String>> positions = new HashMap<>();

  /**
   * Takes over what an earlier run has noted, as far as the files are whole: behind a damaged one
   * its segment is read again, and files that no chain leads to are left out.
   *
   * @param isWhole reads a file back and tells whether it is what was noted
   */
  static FinishedFiles of(Collection<FileState> noted, Predicate<FileState> isWhole) {
    FinishedFiles finished = new FinishedFiles();
    Map<Integer, List<FileState>> bySegment = new HashMap<>();
    for (FileState state : noted) {
      bySegment.computeIfAbsent(state.segment(), segment -> new ArrayList<>()).add(state);
    }
    bySegment.values().forEach(states -> finished.addChain(states, isWhole));
    return finished;
  }

  synchronized void add(FileState state) {
    files.add(state);
    positions.put(state.segment(), state.endKey());
  }

  synchronized List<FileState> files() {
    return List.copyOf(files);
  }

  /** Whether the segment was read to its end. */
  synchronized boolean isComplete(int segment) {
    return positions.containsKey(segment) && positions.get(segment).isEmpty();
  }

  /** Where to go on reading an incomplete segment; empty is its beginning. */
  synchronized Optional<String> position(int segment) {
    return positions.getOrDefault(segment, BEGINNING);
  }

  void report(Progress progress) {
    for (FileState state : files()) {
      progress.add(state.dataFile().itemCount(), state.itemBytes());
    }
  }

  private void addChain(List<FileState> states, Predicate<FileState> isWhole) {
    Optional<String> position = BEGINNING;
    Optional<FileState> next = startingAt(states, position, isWhole);
    while (next.isPresent()) {
      add(next.get());
      position = next.get().endKey();
      next = position.isEmpty() ? Optional.empty() : startingAt(states, position, isWhole);
    }
  }

  private static Optional<FileState> startingAt(
      List<FileState> states, Optional<String> position, Predicate<FileState> isWhole) {
    return states.stream()
        .filter(state -> state.startKey().equals(position))
        .filter(isWhole)
        .findFirst();
  }
}
