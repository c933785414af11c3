// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.child.ChildMain;
import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.engine.Budgets;
import io.dynavault.benchmark.measure.Effort;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.Counters;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import io.dynavault.benchmark.stub.StubTable.Billing;
import java.util.ArrayList;
import java.util.List;

/** What the server charged per second against what the budget allows. */
final class CapacityRow implements Row {
  private static final double TOLERATED = 0.05;
  private static final int READ_UNITS = 4000;
  private static final int WRITE_UNITS = 8000;

  @Override
  public String name() {
    return "capacity";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Shape shape = Shape.MIXED;
    List<Finding> findings = new ArrayList<>();
    try (StubProcess stub = StubProcess.start(shape, bench.quick() ? 20_000 : 100_000)) {
      int pages = stub.content().count() * 3;
      int fewPages = stub.content().count();
      for (Billing billing : Billing.values()) {
        boolean share = billing != Billing.ONDEMAND;
        StubTable read = new StubTable(billing, pages, READ_UNITS, WRITE_UNITS);
        StubTable write = new StubTable(billing, fewPages, READ_UNITS, WRITE_UNITS);
        String readBudget = share ? "25%" : "1000";
        String writeBudget = share ? "50%" : "4000";
        findings.add(measure(bench, stub, Program.ENGINE_BACKUP, read, readBudget, READ_UNITS / 4));
        findings.add(
            measure(bench, stub, Program.ENGINE_RESTORE, write, writeBudget, WRITE_UNITS / 2));
      }
    }
    return new Section(name(), "Capacity budgets", findings, List.of());
  }

  private static Finding measure(
      Bench bench,
      StubProcess stub,
      Program program,
      StubTable table,
      String budget,
      double allowed)
      throws Exception {
    stub.takeCounters();
    Task task =
        new Task(
            stub.endpoint(),
            table.name(),
            bench.folder().resolve("capacity"),
            Bench.WORKERS,
            Budgets.variant(budget),
            Effort.ONCE);
    ChildMain.run(program, task, List.of("-Xmx1g"));
    Counters counters = stub.takeCounters();
    double rate = counters.unitsPerSecond();
    String direction = program == Program.ENGINE_BACKUP ? "read" : "write";
    bench.say("%s %s %s: %.1f units/s".formatted(table.name(), direction, budget, rate));
    return new Finding(
        "%s budget %s of %s".formatted(direction, budget, describe(table, direction)),
        "within 5 % of " + Math.round(allowed) + " units/s",
        "%d units/s".formatted(Math.round(rate)),
        Math.abs(rate - allowed) <= allowed * TOLERATED);
  }

  private static String describe(StubTable table, String direction) {
    long units = direction.equals("read") ? table.readUnits() : table.writeUnits();
    return switch (table.billing()) {
      case PROVISIONED -> "a table with " + units + " units provisioned";
      case MAXIMUM -> "an on-demand table with a maximum of " + units;
      case ONDEMAND -> "an on-demand table";
    };
  }
}
