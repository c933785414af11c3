// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.core.vault.Vault;

/**
 * Makes a base, and a capture a day that catches up with the changes of two percent of the items,
 * others each day. The variant is the number of days. What is stored stays in the folder.
 */
public final class DailyCaptures implements Pass {
  private static final double CHANGED = 0.02;

  private final Task task;
  private final int days;
  private final Engine engine;
  private final int items;

  public DailyCaptures(Task task) {
    this.task = task;
    this.days = Integer.parseInt(task.variant());
    this.engine = new Engine(task.endpoint(), task.workers());
    this.items = (int) engine.describe(task.table()).itemCount();
  }

  @Override
  public long run() throws InterruptedException {
    Vault vault = engine.newVault(task.folder());
    Captured captured = new Captured(engine, vault, task.table(), Captured.stream(items));
    captured.capture(0);
    long changes = Math.round(items * CHANGED);
    for (int day = 0; day < days; day++) {
      captured.capture(changes);
    }
    vault.store().close();
    return items + days * changes;
  }

  @Override
  public void close() {
    engine.close();
  }
}
