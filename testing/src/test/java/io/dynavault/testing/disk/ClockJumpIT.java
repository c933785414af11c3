// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.Aftermath;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups while somebody sets the clock (F24). */
@Tag("F24")
class ClockJumpIT {
  private static final int ITEMS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"-P365D", "-PT1H", "PT10M", "P365D"})
  void aBackupDuringWhichTheClockIsSetIsAsGoodAsAnother(Duration jump) throws InterruptedException {
    String name = TestingServers.newTableName("clock");
    LiveTable table =
        LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), new SmallTable(name, ITEMS));
    try (TestingEngine engine = TestingEngine.inMemory()) {
      RecoveryPoint point =
          jumping(engine, name, jump)
              .start(
                  engine.plan(
                      ScanQuery.all(name, false),
                      TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP)))
              .recoveryPoint();

      assertThat(point.endTime()).isAfterOrEqualTo(point.startTime());
      assertThat(Aftermath.requireNothingHalf(engine.vault())).hasSize(1);
      assertThat(engine.compare(point, name)).isEqualTo(new CompareResult(ITEMS, 0, 0, 0));
    } finally {
      table.drop();
    }
  }

  private static BackupRun jumping(TestingEngine engine, String table, Duration jump) {
    Timing system = Timing.system();
    Random jumps = new Random(1);
    Timing timing =
        new Timing(
            () ->
                jumps.nextBoolean()
                    ? Instant.now().plus(jump)
                    : Instant.now().plus(jump).plus(jump),
            system.sleeper(),
            system.random());
    return new BackupRun(
        engine.vault(),
        engine.transport(),
        new TableIdentity(named -> engine.describe(named).definition()),
        new RunContext(timing, Ticker.system(), new Progress(table), engine.stop()),
        "test");
  }
}
