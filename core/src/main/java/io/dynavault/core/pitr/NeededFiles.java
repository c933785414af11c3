// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The change files that lead from a base to a moment, in the order of their changes, numbered from
 * 0. There may be millions of them: the last ones are remembered, which are those of half a day,
 * and of others no more than where an hour of them is found again. They have to be the same then.
 * Safe for several threads.
 */
public final class NeededFiles {
  /** Files that are remembered; each takes less than half a kilobyte, and tables may be many. */
  private static final int REMEMBERED = 4096;

  /** Files of an hour that are read at a time. */
  private static final int MOST_OF_PAGE = 1024;

  /** Pages that were found again and stay at hand: readers are near each other. */
  private static final int AT_HAND = 8;

  private final List<FilePage> pages;
  private final Map<Integer, List<NeededFile>> atHand = new LinkedHashMap<>();
  private final int count;
  private final long changes;

  private NeededFiles(List<FilePage> pages, int count, long changes) {
    this.pages = List.copyOf(pages);
    this.count = count;
    this.changes = changes;
  }

  int count() {
    return count;
  }

  /** Lines of the files; some may not count. */
  long changes() {
    return changes;
  }

  /** Takes files one by one. */
  interface Visitor {
    void file(int number, NeededFile needed) throws InterruptedException;
  }

  /**
   * Hands out files, the last one first.
   *
   * @param from number of the first one
   * @param to number behind that of the last one
   */
  void readBackwards(int from, int to, Visitor visitor) throws InterruptedException {
    int end = count;
    for (int page = pages.size() - 1; page >= 0 && end > from; page--) {
      int first = end - pages.get(page).count();
      if (first < to) {
        List<NeededFile> files = files(page);
        for (int number = Math.min(end, to) - 1; number >= Math.max(first, from); number--) {
          visitor.file(number, files.get(number - first));
        }
      }
      end = first;
    }
  }

  int pages() {
    return pages.size();
  }

  /**
   * The files of a page; one is read at a time: an index of an hour is large while it is parsed.
   */
  synchronized List<NeededFile> files(int page) {
    List<NeededFile> known = atHand.get(page);
    if (known != null) {
      return known;
    }
    List<NeededFile> files = pages.get(page).files();
    if (pages.get(page) instanceof FilePage.Forgotten) {
      atHand.put(page, files);
      if (atHand.size() > AT_HAND) {
        atHand.remove(atHand.keySet().iterator().next());
      }
    }
    return files;
  }

  /** Takes the commits of a chain in their order. */
  static final class Builder {
    private final ChainLog log;
    private final FileRule rule;
    private final List<FilePage> pages = new ArrayList<>();
    private final List<NeededFile> open = new ArrayList<>();
    private FilePage.Span span = new FilePage.Span(Instant.EPOCH, 0, 0);
    private int forgottenPages;
    private int remembered;
    private int count;
    private long changes;

    Builder(ChainLog log, FileRule rule) {
      this.log = requireNonNull(log, "log is null");
      this.rule = requireNonNull(rule, "rule is null");
    }

    /** Takes a commit; returns its files that are needed. */
    List<NeededFile> add(Commit commit) {
      List<NeededFile> needed = rule.needed(commit);
      if (needed.isEmpty()) {
        return needed;
      }
      if (open.size() >= MOST_OF_PAGE || !span.hour().equals(commit.hour())) {
        endPage();
      }
      long first = open.isEmpty() ? commit.number() : span.first();
      span = new FilePage.Span(commit.hour(), first, commit.number());
      open.addAll(needed);
      needed.forEach(file -> changes += file.file().changes());
      return needed;
    }

    private void endPage() {
      if (open.isEmpty()) {
        return;
      }
      pages.add(new FilePage.Known(span, open));
      count += open.size();
      remembered += open.size();
      open.clear();
      while (remembered > REMEMBERED && forgottenPages < pages.size() - 1) {
        FilePage.Known oldest = (FilePage.Known) pages.get(forgottenPages);
        pages.set(forgottenPages++, oldest.forgotten(log, rule));
        remembered -= oldest.count();
      }
    }

    NeededFiles build() {
      endPage();
      return new NeededFiles(pages, count, changes);
    }
  }
}
