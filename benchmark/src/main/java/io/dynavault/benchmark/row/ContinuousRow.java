// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.child.ChildMain;
import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.measure.Effort;
import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Measurement;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubTable;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Continuous backup: capturing changes, restoring and compacting a base and its changes, and what a
 * month of it takes beside full backups.
 */
final class ContinuousRow implements Row {
  private static final String CAPTURE = "capture";
  private static final String FULL = "restore of a full backup";
  private static final String MOMENT = "restore of a base and as many changes";
  private static final String HALF = "restore of a base and half as many changes";
  private static final String COMPACT = "compaction of a base and as many changes";
  private static final String EMPTY_TABLE = StubTable.ofPages(0).name();

  @Override
  public String name() {
    return "continuous";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Shape shape = Shape.MIXED;
    try (StubProcess stub = StubProcess.start(shape, bench.quick() ? 10_000 : shape.items())) {
      URI endpoint = stub.endpoint();
      String table = StubTable.ofPages(stub.content().count()).name();
      String changes = bench.quick() ? "40000" : "500000";
      Contest contest =
          new Contest(bench)
              .with(
                  CAPTURE,
                  Program.CAPTURE,
                  task(bench, endpoint, EMPTY_TABLE, changes, bench.effort()))
              .with(FULL, Program.RESTORE_COMPACTED, task(bench, endpoint, table))
              .with(MOMENT, Program.RESTORE_MOMENT, restore(bench, endpoint, table, 1))
              .with(HALF, Program.RESTORE_MOMENT, restore(bench, endpoint, table, 2))
              .with(COMPACT, Program.COMPACT, task(bench, endpoint, table))
              .run(bench.rounds());
      List<List<String>> details = new ArrayList<>();
      details.add(
          List.of(
              "",
              "items or changes",
              "CPU s",
              "CPU s per million",
              "wall s per million",
              "stored MB"));
      for (String label : List.of(CAPTURE, FULL, MOMENT, HALF, COMPACT)) {
        details.add(detail(label, contest.median(label), ""));
      }
      details.addAll(days(bench, endpoint, table));
      return new Section(
          name(), "Continuous backup, items of about 0.8 KB", findings(contest), details);
    }
  }

  private static List<Finding> findings(Contest contest) {
    return List.of(
        Finding.atLeast(CAPTURE, contest.median(CAPTURE).perSecond(), 20_000, "changes/s"),
        againstFull(contest, MOMENT),
        againstFull(contest, HALF),
        Finding.atLeast(COMPACT, contest.median(COMPACT).perSecond(), 100_000, "items/s"));
  }

  private static Finding againstFull(Contest contest, String label) {
    return Finding.times(
        label + " against that of a full backup of the result, CPU",
        contest.cpu(label) / contest.cpu(FULL),
        1.5);
  }

  private static List<List<String>> days(Bench bench, URI endpoint, String table) throws Exception {
    int days = bench.quick() ? 3 : 30;
    return List.of(
        days(
            bench,
            days + " full backups",
            Program.DAYS_BACKED_UP,
            task(bench, endpoint, table, Integer.toString(days), Effort.ONCE)),
        days(
            bench,
            "a base and %d captures of 2 %% changed items".formatted(days),
            Program.DAYS_CAPTURED,
            task(bench, endpoint, table, Integer.toString(days), Effort.ONCE)));
  }

  private static List<String> days(Bench bench, String label, Program program, Task task)
      throws Exception {
    Path folder = task.folder();
    try {
      Measurement measured = ChildMain.run(program, task, Contest.JVM);
      String stored = String.format(Locale.ROOT, "%,.1f", Folders.bytes(folder) / 1e6);
      List<String> detail = detail(label, measured, stored);
      bench.say(String.join(", ", detail));
      return detail;
    } finally {
      Folders.remove(folder);
    }
  }

  /** Of one pass. */
  private static List<String> detail(String label, Measurement measured, String stored) {
    return List.of(
        label,
        String.format(Locale.ROOT, "%,d", measured.items() / measured.passes()),
        Contest.number(measured.cpuSeconds() / measured.passes()),
        Contest.number(measured.cpuPerMillion()),
        Contest.number(measured.wallPerMillion()),
        stored);
  }

  private static Task restore(Bench bench, URI endpoint, String table, int itemsPerChange) {
    return task(bench, endpoint, table, Integer.toString(itemsPerChange), bench.effort());
  }

  private static Task task(Bench bench, URI endpoint, String table) {
    return task(bench, endpoint, table, "", bench.effort());
  }

  private static Task task(Bench bench, URI endpoint, String table, String variant, Effort effort) {
    return new Task(
        endpoint, table, bench.folder().resolve("continuous"), Bench.WORKERS, variant, effort);
  }
}
