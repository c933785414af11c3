// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.engine.CodecChoice;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import java.util.ArrayList;
import java.util.List;

/** Items that look otherwise, so that nothing is tuned to one shape; without goals. */
final class ShapesRow implements Row {

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    List<List<String>> details = new ArrayList<>();
    details.add(
        List.of(
            "items",
            "backup CPU s per million items",
            "against the SDK program",
            "restore CPU s per million items",
            "against the SDK program"));
    for (Shape shape : List.of(Shape.WIDE, Shape.BINARY, Shape.TINY, Shape.TEXT)) {
      details.add(measure(bench, shape));
    }
    return new Section(name(), "Other shapes of items", List.of(), details);
  }

  private static List<String> measure(Bench bench, Shape shape) throws Exception {
    try (StubProcess stub = StubProcess.start(shape, shape.items())) {
      Contest contest =
          new Contest(bench)
              .with("SDK backup", Program.SDK_BACKUP, task(bench, stub, ""))
              .with("backup", Program.ENGINE_BACKUP, task(bench, stub, CodecChoice.DEFAULT.name()))
              .with("SDK restore", Program.SDK_RESTORE, task(bench, stub, ""))
              .with("restore", Program.ENGINE_RESTORE, task(bench, stub, ""))
              .run(1);
      return List.of(
          shape.label(),
          Contest.number(contest.cpu("backup")),
          "1/" + Contest.number(contest.cpu("SDK backup") / contest.cpu("backup")),
          Contest.number(contest.cpu("restore")),
          "1/" + Contest.number(contest.cpu("SDK restore") / contest.cpu("restore")));
    }
  }

  private static Task task(Bench bench, StubProcess stub, String variant) {
    return new Task(
        stub.endpoint(),
        StubTable.ofPages(stub.content().count()).name(),
        bench.folder().resolve("shapes"),
        Bench.WORKERS,
        variant,
        bench.effort());
  }
}
