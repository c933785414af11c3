// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import static java.util.Objects.requireNonNull;

import io.dynavault.benchmark.measure.Effort;
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

  public Bench {
    requireNonNull(folder, "folder is null");
    requireNonNull(launcher, "launcher is null");
  }

  Effort effort() {
    return quick ? new Effort(2, 1) : new Effort(6, 4);
  }

  int rounds() {
    return quick ? 1 : 3;
  }

  /** Says how far it is, apart from the results. */
  public void say(String text) {
    System.err.println("benchmark: " + text);
  }
}
