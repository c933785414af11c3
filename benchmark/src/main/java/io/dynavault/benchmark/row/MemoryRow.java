// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Launched;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Peak memory of the commands with 8 workers, with the launcher's settings and in a small heap. */
final class MemoryRow implements Row {
  private static final double GOAL = 200;
  private static final String SMALL_HEAP = "-Xmx64m";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    List<Finding> findings = new ArrayList<>();
    try (StubProcess stub = StubProcess.start(Shape.MIXED, 50_000)) {
      String table = StubTable.ofPages(bench.quick() ? 100 : 1500).name();
      findings.addAll(measure(bench, stub, table, ""));
      findings.addAll(measure(bench, stub, table, SMALL_HEAP));
    }
    return new Section(name(), "Memory, 8 workers", findings, List.of());
  }

  private static List<Finding> measure(
      Bench bench, StubProcess stub, String table, String javaOptions) throws Exception {
    Path vault = bench.folder().resolve("memory");
    List<String> common =
        List.of("--vault", vault.toString(), "--endpoint-url", stub.endpoint().toString());
    String heap = javaOptions.isEmpty() ? "" : ", " + javaOptions;
    try {
      Launched.run(bench.launcher(), "", command(common, "vault", "create"));
      List<Finding> findings = new ArrayList<>();
      Launched backup =
          Launched.run(
              bench.launcher(),
              javaOptions,
              command(common, "backup", "--table", table, "--workers", "8"));
      findings.add(Finding.below("backup" + heap, backup.peakMegabytes(), GOAL, "MB"));
      bench.say("backup%s: %.0f MB".formatted(heap, backup.peakMegabytes()));
      Launched restore =
          Launched.run(
              bench.launcher(),
              javaOptions,
              command(
                  common,
                  "restore",
                  table,
                  "--on-conflict",
                  "overwrite",
                  "--workers",
                  "8",
                  "--confirm"));
      findings.add(Finding.below("restore" + heap, restore.peakMegabytes(), GOAL, "MB"));
      bench.say("restore%s: %.0f MB".formatted(heap, restore.peakMegabytes()));
      return findings;
    } finally {
      Folders.remove(vault);
    }
  }

  private static List<String> command(List<String> common, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(common);
    return command;
  }
}
