// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import static java.util.Objects.requireNonNull;

import io.dynavault.benchmark.measure.Effort;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import java.nio.file.Path;

/**
 * What rows are given.
 *
 * @param folder for files of the run
 * @param launcher the {@code dynavault} command
 * @param quick whether to measure shortly: to see that it works, and not more
 */
public record Bench(Path folder, Path launcher, boolean quick) {
  static final int WORKERS = 4;
  private static final long TABLE_ITEMS = 1_000_000;

  public Bench {
    requireNonNull(folder, "folder is null");
    requireNonNull(launcher, "launcher is null");
  }

  Effort effort() {
    return quick ? new Effort(2, 1) : new Effort(6, 4);
  }

  /**
   * A table of about a million items, as costs are given for: its pages repeat. What a backup costs
   * besides its items is part of them, once.
   */
  StubTable table(StubProcess stub) {
    int pages = stub.content().count();
    long items = stub.content().items(pages);
    return StubTable.ofPages(quick ? pages : (int) Math.max(1, pages * TABLE_ITEMS / items));
  }

  int rounds() {
    return quick ? 1 : 3;
  }

  /** Says how far it is, apart from the results. */
  public void say(String text) {
    System.err.println("benchmark: " + text);
  }
}
