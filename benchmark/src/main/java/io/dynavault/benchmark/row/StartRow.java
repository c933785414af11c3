// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.engine.ManyPoints;
import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Launched;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Wall time of short commands through the launcher, from the shell to the end. */
final class StartRow implements Row {
  private static final int POINTS = 1000;
  private static final int RUNS = 9;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Path vault = bench.folder().resolve("start");
    int points = bench.quick() ? POINTS / 10 : POINTS;
    try (StubProcess stub = StubProcess.start(Shape.MIXED, 10)) {
      ManyPoints.make(stub.endpoint(), StubTable.ofPages(1).name(), vault, points);
    }
    try {
      return new Section(
          name(),
          "Short commands",
          List.of(
              Finding.below("dynavault version", median(bench, "version"), 0.5, "s"),
              Finding.below(
                  "dynavault list with %,d recovery points".formatted(points),
                  median(bench, "list", "--vault", vault.toString()),
                  1,
                  "s")),
          List.of());
    } finally {
      Folders.remove(vault);
    }
  }

  /** The first runs are not counted: they make the class-data archive. */
  private static double median(Bench bench, String... command) throws Exception {
    double[] seconds = new double[RUNS];
    for (int run = -2; run < RUNS; run++) {
      double taken = Launched.run(bench.launcher(), "", List.of(command)).seconds();
      if (run >= 0) {
        seconds[run] = taken;
      }
    }
    Arrays.sort(seconds);
    bench.say("%s: %.2f s".formatted(command[0], seconds[RUNS / 2]));
    return seconds[RUNS / 2];
  }
}
