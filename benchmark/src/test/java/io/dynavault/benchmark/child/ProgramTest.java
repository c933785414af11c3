// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.benchmark.data.Pages;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.engine.CodecChoice;
import io.dynavault.benchmark.measure.Effort;
import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.stub.Counters;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.benchmark.stub.StubServer;
import io.dynavault.benchmark.stub.StubTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared does the same work: all items, each once, as the server counts them. */
class ProgramTest {
  private static final int ITEMS = 5_000;

  @TempDir Path folder;

  @Test
  void bothBackupsReadAllItems() throws Exception {
    assertThat(run(Program.SDK_BACKUP, "").items()).isEqualTo(ITEMS);
    assertThat(run(Program.ENGINE_BACKUP, CodecChoice.DEFAULT.name()).items()).isEqualTo(ITEMS);
  }

  @Test
  void bothRestoresWriteAllItemsInFullBatches() throws Exception {
    for (Program program : new Program[] {Program.SDK_RESTORE, Program.ENGINE_RESTORE}) {
      Counters counters = run(program, "");

      assertThat(counters.items()).isEqualTo(ITEMS);
      assertThat(counters.requests()).isBetween(ITEMS / 25L, ITEMS / 25L + 8);
    }
  }

  @Test
  void restoresOfAMomentWriteAllItems() throws Exception {
    assertThat(run(Program.RESTORE_MOMENT, "1").items()).isEqualTo(ITEMS);
    assertThat(run(Program.RESTORE_MOMENT, "2").items()).isEqualTo(ITEMS);
    assertThat(run(Program.RESTORE_COMPACTED, "").items()).isEqualTo(ITEMS);
  }

  @Test
  void captureReadsTheTableForItsBaseAndCompactionNotAtAll() throws Exception {
    assertThat(run(Program.CAPTURE, Integer.toString(ITEMS)).items()).isEqualTo(ITEMS);
    assertThat(run(Program.COMPACT, "").items()).isZero();
  }

  @Test
  void daysOfChangesReadTheTableOnceAndStoreLessThanFullBackups() throws Exception {
    assertThat(run(Program.DAYS_BACKED_UP, "3", 3 * ITEMS).items()).isEqualTo(3 * ITEMS);
    assertThat(run(Program.DAYS_CAPTURED, "3", ITEMS + 3 * ITEMS / 50).items()).isEqualTo(ITEMS);

    assertThat(Folders.bytes(folder.resolve(Program.DAYS_CAPTURED.name())))
        .isPositive()
        .isLessThan(Folders.bytes(folder.resolve(Program.DAYS_BACKED_UP.name())) / 2);
  }

  /** What the program's pass made the server do; what it prepared is not counted. */
  private Counters run(Program program, String variant) throws Exception {
    return run(program, variant, ITEMS);
  }

  private Counters run(Program program, String variant, long items) throws Exception {
    Pages pages = Pages.of(Shape.MIXED, ITEMS);
    try (StubServer stub = StubServer.start(pages)) {
      Task task =
          new Task(
              stub.endpoint(),
              StubTable.ofPages(pages.count()).name(),
              folder.resolve(program.name()),
              2,
              variant,
              Effort.ONCE);
      try (Pass pass = program.open(task)) {
        StubProcess.takeCounters(stub.endpoint());
        assertThat(pass.run()).isEqualTo(items);
        Counters counters = StubProcess.takeCounters(stub.endpoint());
        pass.tidy();
        return counters;
      }
    }
  }
}
