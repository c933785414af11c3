// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.engine.CodecChoice;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.stub.StubProcess;
import java.util.List;

/** Backups with each codec against the SDK program's, and the default against its codec alone. */
final class BackupRow implements Row {
  private static final String SDK = "SDK program, gzip";
  private static final String CODEC = "default codec alone";

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Shape shape = Shape.MIXED;
    try (StubProcess stub = StubProcess.start(shape, shape.items())) {
      String table = bench.table(stub).name();
      Contest contest =
          new Contest(bench).with(SDK, Program.SDK_BACKUP, task(bench, stub, table, ""));
      for (CodecChoice codec : CodecChoice.values()) {
        contest.with(codec.label(), Program.ENGINE_BACKUP, task(bench, stub, table, codec.name()));
      }
      contest
          .with(
              CODEC,
              Program.CODEC_ALONE,
              task(bench, stub, shape.label(), CodecChoice.DEFAULT.name()))
          .run(bench.rounds());
      return new Section(
          name(), "Backup, items of about 0.8 KB", findings(contest), contest.details());
    }
  }

  private static List<Finding> findings(Contest contest) {
    return List.of(
        share(contest, CodecChoice.DEFAULT, 5),
        share(contest, CodecChoice.GZIP_6, 1.6),
        share(contest, CodecChoice.ZSTD, 7),
        share(contest, CodecChoice.NONE, 12),
        Finding.times(
            "whole backup against the default codec alone on the same bytes",
            contest.cpu(CodecChoice.DEFAULT.label()) / contest.cpu(CODEC),
            2));
  }

  private static Finding share(Contest contest, CodecChoice codec, double goal) {
    return Finding.share(codec.label(), contest.cpu(codec.label()), contest.cpu(SDK), goal);
  }

  private static Task task(Bench bench, StubProcess stub, String table, String variant) {
    return new Task(
        stub.endpoint(),
        table,
        bench.folder().resolve("backup"),
        Bench.WORKERS,
        variant,
        bench.effort());
  }
}
