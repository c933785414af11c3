// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through the commits of a chain in order, with one read for an hour of them where there is an
 * index. What no index has is read one by one: the newest hour, the hour of a damaged index, and
 * commits that came to an hour after it was indexed.
 */
final class CommitWalk {
  /** How many commits are read one by one before they are handed out. */
  private static final int BATCH = 256;

  private final CommitObjects objects;

  CommitWalk(CommitObjects objects) {
    this.objects = requireNonNull(objects, "objects is null");
  }

  /**
   * Hands out the commits from a number to another one, both included, until the visitor has seen
   * enough.
   *
   * @throws DynavaultException {@code DAMAGED} if one is missing, unless the visitor takes note
   */
  void walk(long from, long to, CommitVisitor visitor) {
    List<Instant> hours = objects.hours();
    int start = lastHour(hours, commits -> commits.get(0).number() <= from);
    walk(hours.subList(Math.max(start, 0), hours.size()), from, to, visitor);
  }

  /**
   * The same where it is known when the commits were written.
   *
   * @param hours in which they were, oldest first
   */
  void walk(List<Instant> hours, long from, long to, CommitVisitor visitor) {
    long next = from;
    for (Instant hour : hours) {
      if (next > to) {
        return;
      }
      List<Commit> indexed = objects.hour(hour).orElse(List.of());
      if (indexed.isEmpty() || last(indexed).number() < next) {
        continue;
      }
      long before = Math.min(to, indexed.get(0).number() - 1);
      if (next <= before && !readSingly(next, before, visitor)) {
        return;
      }
      long first = Math.max(next, before + 1);
      if (!visit(indexed, first, to, visitor)) {
        return;
      }
      next = last(indexed).number() + 1;
    }
    readSingly(next, to, visitor);
  }

  /** The last commit that an index has. */
  Optional<Commit> lastIndexed() {
    List<Instant> hours = objects.hours();
    for (int i = hours.size() - 1; i >= 0; i--) {
      Optional<List<Commit>> indexed = objects.hour(hours.get(i));
      if (indexed.isPresent()) {
        return indexed.map(CommitWalk::last);
      }
    }
    return Optional.empty();
  }

  /** The number of an indexed commit that is complete to less than a time; 0 for none. */
  long lastIndexedBefore(Instant completeTo) {
    List<Instant> hours = objects.hours();
    int hour = lastHour(hours, commits -> last(commits).completeTo().isBefore(completeTo));
    return hour < 0
        ? 0
        : objects.hour(hours.get(hour)).map(CommitWalk::last).map(Commit::number).orElse(0L);
  }

  /** The number of the last indexed commit of the hours that were over at a time; 0 for none. */
  long lastWrittenBefore(Instant time) {
    List<Instant> hours = objects.hours();
    for (int i = hours.size() - 1; i >= 0; i--) {
      if (!hours.get(i).plus(Duration.ofHours(1)).isAfter(time)) {
        Optional<List<Commit>> indexed = objects.hour(hours.get(i));
        if (indexed.isPresent()) {
          return last(indexed.get()).number();
        }
      }
    }
    return 0;
  }

  /**
   * The last of the hours for which a condition holds that holds for all hours before it; -1 if it
   * holds for none. Hours whose index cannot be read are passed over.
   */
  private int lastHour(List<Instant> hours, Predicate<List<Commit>> condition) {
    int found = -1;
    int low = 0;
    int high = hours.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int probe = middle;
      Optional<List<Commit>> indexed = objects.hour(hours.get(probe));
      while (indexed.isEmpty() && probe > low) {
        probe--;
        indexed = objects.hour(hours.get(probe));
      }
      if (indexed.isEmpty()) {
        low = middle + 1;
      } else if (condition.test(indexed.get())) {
        found = probe;
        low = middle + 1;
      } else {
        high = probe - 1;
      }
    }
    return found;
  }

  private boolean readSingly(long from, long to, CommitVisitor visitor) {
    for (long next = from; next <= to; next += BATCH) {
      long end = Math.min(to, next + BATCH - 1);
      if (!readBatch(next, end, visitor)) {
        return false;
      }
    }
    return true;
  }

  /** Where one of them cannot be read, those before it are handed out before it fails. */
  private boolean readBatch(long from, long to, CommitVisitor visitor) {
    List<Commit> commits;
    try {
      commits = objects.read(from, to);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return readOneByOne(from, to, visitor);
    }
    return visit(commits, from, to, visitor);
  }

  private boolean readOneByOne(long from, long to, CommitVisitor visitor) {
    for (long number = from; number <= to; number++) {
      List<Commit> read = List.of();
      try {
        read = objects.read(number, number);
      } catch (DynavaultException e) {
        if (e.code() != ErrorCode.DAMAGED) {
          throw e;
        }
        visitor.unreadable(number, e);
      }
      if (!visit(read, number, number, visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean visit(List<Commit> commits, long from, long to, CommitVisitor visitor) {
    for (Commit commit : commits) {
      if (commit.number() >= from && commit.number() <= to && !visitor.commit(commit)) {
        return false;
      }
    }
    return true;
  }

  private static Commit last(List<Commit> commits) {
    return commits.get(commits.size() - 1);
  }
}
