// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.corruption;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.core.verify.VerifyRequest;
import io.dynavault.core.verify.VerifyResult;
import io.dynavault.core.verify.VerifyRun;
import io.dynavault.core.verify.VerifyTarget;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.poison.LegalItems;
import io.dynavault.testing.scorecard.Figures;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Good backups of many shapes: nothing is said about them, also when reads fail in passing. */
@Tag("G2")
@Tag("G3")
class FalseAlarmIT {
  private static final Figures FIGURES = new Figures("false-alarms");
  private static final MemoryStore STORE = MemoryStore.isolated(InstantSource.system());

  @BeforeAll
  static void backUpEveryShape() throws InterruptedException {
    List<LiveTable> tables = new ArrayList<>();
    for (DemoTable table : tables()) {
      tables.add(LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), table));
    }
    try (TestingEngine engine = TestingEngine.on(STORE)) {
      for (LiveTable table : tables) {
        for (OutputFormat format : OutputFormat.values()) {
          for (Compression compression : Compression.values()) {
            engine.backup(
                ScanQuery.all(table.name(), false), TestingEngine.options(format, compression));
          }
        }
      }
    }
    tables.forEach(LiveTable::drop);
  }

  private static List<DemoTable> tables() {
    List<DemoTable> tables =
        new ArrayList<>(LegalItems.tables(TestingServers.newTableName("legal") + "-"));
    tables.add(new AirportsTable(TestingServers.newTableName("airports")));
    for (int items : new int[] {0, 1, 2, 90}) {
      tables.add(new SmallTable(TestingServers.newTableName("shape"), items));
    }
    return tables;
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.add("falseAlarms", 0).write(); // one fails its test before
  }

  @Test
  void nothingIsSaidAboutGoodBackups() throws InterruptedException {
    for (VerifyLevel level : VerifyLevel.values()) {
      VerifyResult result = verify(STORE, level);

      assertThat(result.findings()).isEmpty();
      assertThat(result.repeatedReads()).isZero();
      FIGURES.add("goodBackups", result.exports().size());
    }
  }

  @Test
  void aReadThatIsWrongOnceIsNotDamage() throws InterruptedException {
    FlakyReads flaky = new FlakyReads(STORE);

    VerifyResult result = verify(flaky.store(), VerifyLevel.DATA);

    assertThat(result.findings()).isEmpty();
    assertThat(result.repeatedReads()).isPositive();
    assertThat(flaky.flipped()).isGreaterThan(100);
    FIGURES.add("readsThatFailedOnce", flaky.flipped());
  }

  private static VerifyResult verify(ObjectStore store, VerifyLevel level)
      throws InterruptedException {
    Holder holder = Holder.thisProcess("test", Timing.system().random());
    Vault vault = Vault.open(store, holder, LeaseSettings.system());
    VerifyRequest request = VerifyRequest.of(new VerifyTarget.WholeVault(vault), level, 2);
    return new VerifyRun(
            request, RunContext.system("test", new StopSignal()), ManagedBackups.none())
        .run();
  }
}
