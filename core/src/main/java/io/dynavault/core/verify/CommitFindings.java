// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is found of commits, each of which is added in the order of their numbers. Of those that
 * follow each other it is one finding: the loss of a year is not told in millions of lines.
 */
final class CommitFindings {
  private final NavigableMap<Long, Run> runs = new TreeMap<>();

  /** Commits that follow each other, and what is found of the first one. */
  private record Run(long first, long last, Finding finding) {
    Run {
      requireNonNull(finding, "finding is null");
    }

    Finding whole() {
      return first == last
          ? finding
          : finding.andMore("so it is with those up to commit %d".formatted(last));
    }
  }

  /**
   * Adds one.
   *
   * @param finding what to say of it if the one before it is not here
   */
  void add(long number, Finding finding) {
    Map.Entry<Long, Run> before = runs.lastEntry();
    Run run =
        before != null && before.getValue().last() + 1 == number
            ? new Run(before.getKey(), number, before.getValue().finding())
            : new Run(number, number, finding);
    runs.put(run.first(), run);
  }

  boolean has(long number) {
    Map.Entry<Long, Run> run = runs.floorEntry(number);
    return run != null && number <= run.getValue().last();
  }

  List<Finding> list() {
    return runs.values().stream().map(Run::whole).toList();
  }
}
