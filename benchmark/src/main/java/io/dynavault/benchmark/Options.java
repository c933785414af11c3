// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of {@code benchmark/run}.
 *
 * @param only names of rows; empty is all
 * @param folder for files of the run
 * @param page that results are written to
 */
record Options(boolean quick, List<String> only, Path launcher, Path folder, Path page) {
  Options {
    only = List.copyOf(only);
    requireNonNull(launcher, "launcher is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(page, "page is null");
  }

  /**
   * @throws IllegalArgumentException for an option that there is not
   */
  static Options parse(String[] arguments) {
    boolean quick = false;
    List<String> only = new ArrayList<>();
    Path root = Path.of("").toAbsolutePath();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--local" -> only.add("local");
        case "--only" -> {
          i++;
          if (i == arguments.length) {
            throw new IllegalArgumentException("--only needs the name of a row");
          }
          only.add(arguments[i]);
        }
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    return new Options(
        quick,
        only,
        root.resolve("dynavault"),
        root.resolve("benchmark/target"),
        root.resolve("docs/performance.md"));
  }
}
