// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import static java.util.Objects.requireNonNull;

import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.stream.GeneratedStream;
import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.compact.CompactPlan;
import io.dynavault.core.compact.CompactRun;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A table of the stub whose changes a vault has. */
final class Captured {
  /** The stream's time runs ahead; it must not come to be in the future. */
  private static final Duration HEAD_START = Duration.ofHours(1);

  private final Engine engine;
  private final Vault vault;
  private final String table;
  private final GeneratedStream stream;
  private final Timing timing = Timing.system();
  private long captured;

  /** Captures nothing yet. */
  Captured(Engine engine, Vault vault, String table, GeneratedStream stream) {
    this.engine = requireNonNull(engine, "engine is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.table = requireNonNull(table, "table is null");
    this.stream = requireNonNull(stream, "stream is null");
  }

  /**
   * A base and changes, two of each item that has changed.
   *
   * @param itemsPerChange how many times as many items as changes the base has
   */
  static Captured withChanges(Engine engine, Vault vault, String table, int itemsPerChange)
      throws InterruptedException {
    int changes = (int) engine.describe(table).itemCount() / itemsPerChange;
    Captured captured = new Captured(engine, vault, table, stream(changes / 2));
    captured.capture(changes);
    return captured;
  }

  /** A stream of changes of the first items. */
  static GeneratedStream stream(int items) {
    Instant begin = Timing.system().clock().instant().minus(HEAD_START);
    return new GeneratedStream(Shape.MIXED, items, begin);
  }

  /** Has the stream so many changes more, and captures until the vault has them, and a base. */
  void capture(long changes) throws InterruptedException {
    CaptureRequest request =
        new CaptureRequest(
            new StreamedTable(engine.describe(table).definition(), stream.arn()),
            vault,
            stream,
            engine.bases(vault),
            new CaptureOptions(
                CaptureOptions.DEFAULT_FLUSH_INTERVAL,
                CaptureOptions.DEFAULT_FLUSH_BYTES,
                CaptureOptions.Until.CAUGHT_UP),
            (name, event) -> heard(event, changes),
            Engine.VERSION);
    require(changes, new CaptureRun(request, Engine.context(table)).run().changes().total());
    captured += changes;
  }

  private void heard(CaptureEvent event, long changes) {
    if (event instanceof CaptureEvent.Begun || event instanceof CaptureEvent.Resumed) {
      stream.write(changes);
    } else if (event instanceof CaptureEvent.Failed failed) {
      throw failed.failure();
    }
  }

  /** The table after all changes. */
  MomentPlan latest() {
    MomentPlanner planner = new MomentPlanner(vault.store(), vault.catalog(), timing.clock());
    RecoveryWindows windows = planner.windows(table);
    MomentPlan plan = planner.plan(windows, windows.latest().orElseThrow(), Set.of());
    require(captured, plan.changes());
    return plan;
  }

  private static void require(long made, long found) {
    if (found != made) {
      throw new IllegalStateException(
          "%d changes were made, and %d are there".formatted(made, found));
    }
  }

  /** Makes a full backup of the table as planned. */
  RecoveryPoint compact(MomentPlan plan) throws InterruptedException {
    RecoveryPointId id = RecoveryPointId.create(timing.clock().instant(), timing.random());
    return new CompactRun(vault, Engine.context(table), Engine.VERSION)
        .run(new CompactPlan(id, plan, engine.backupOptions()))
        .point();
  }
}
