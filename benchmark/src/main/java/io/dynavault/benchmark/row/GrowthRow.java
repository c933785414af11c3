// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.child.ChildMain;
import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.engine.CodecChoice;
import io.dynavault.benchmark.measure.Effort;
import io.dynavault.benchmark.measure.Measurement;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Backups of ever larger tables: the same pages again and again, uncompressed, into a store that
 * throws data files away.
 */
final class GrowthRow implements Row {
  private static final int PAGES_PER_GIGABYTE = 1024;
  private static final double FLAT = 1.15;
  private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    List<Integer> sizes = bench.quick() ? List.of(1, 4) : List.of(1, 10, 100);
    List<Measurement> results = new ArrayList<>();
    List<List<String>> details = new ArrayList<>();
    details.add(List.of("table", "items", "CPU s per million items", "wall s", "peak memory MB"));
    try (StubProcess stub = StubProcess.start(Shape.MIXED, 50_000)) {
      for (int gigabytes : sizes) {
        Measurement result = measure(bench, stub, gigabytes);
        results.add(result);
        details.add(
            List.of(
                gigabytes + " GB",
                String.format(Locale.ROOT, "%,d", result.items()),
                Contest.number(result.cpuPerMillion()),
                String.format(Locale.ROOT, "%.0f", result.wallSeconds()),
                String.format(Locale.ROOT, "%.0f", result.peakMegabytes())));
        bench.say(String.join(", ", details.get(details.size() - 1)));
      }
    }
    return new Section(name(), "Cost as the table grows", findings(sizes, results), details);
  }

  private static List<Finding> findings(List<Integer> sizes, List<Measurement> results) {
    Measurement first = results.get(0);
    Measurement last = results.get(results.size() - 1);
    String growth = sizes.get(sizes.size() - 1) + " GB against " + sizes.get(0) + " GB";
    return List.of(
        Finding.times(
            "CPU per item, " + growth, last.cpuPerMillion() / first.cpuPerMillion(), FLAT),
        Finding.times(
            "peak memory, " + growth, last.peakMegabytes() / first.peakMegabytes(), FLAT));
  }

  private static Measurement measure(Bench bench, StubProcess stub, int gigabytes)
      throws Exception {
    Task task =
        new Task(
            stub.endpoint(),
            StubTable.ofPages(gigabytes * PAGES_PER_GIGABYTE).name(),
            bench.folder().resolve("growth"),
            Bench.WORKERS,
            CodecChoice.NONE.name(),
            Effort.ONCE);
    return ChildMain.run(Program.ENGINE_GROWTH, task, JVM);
  }
}
