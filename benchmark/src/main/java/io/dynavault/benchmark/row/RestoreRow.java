// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import java.util.List;

/** A restore against the SDK program's. */
final class RestoreRow implements Row {
  private static final String SDK = "SDK program";
  private static final String ENGINE = "restore";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Shape shape = Shape.MIXED;
    try (StubProcess stub = StubProcess.start(shape, shape.items())) {
      Task task =
          new Task(
              stub.endpoint(),
              bench.table(stub).name(),
              bench.folder().resolve("restore"),
              Bench.WORKERS,
              "",
              bench.effort());
      Contest contest =
          new Contest(bench)
              .with(SDK, Program.SDK_RESTORE, task)
              .with(ENGINE, Program.ENGINE_RESTORE, task)
              .run(bench.rounds());
      Finding finding = Finding.share("restore", contest.cpu(ENGINE), contest.cpu(SDK), 4);
      return new Section(
          name(), "Restore, items of about 0.8 KB", List.of(finding), contest.details());
    }
  }
}
