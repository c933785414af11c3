// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/**
 * Makes a full backup a day. The variant is the number of days. What is stored stays in the folder.
 */
public final class DailyBackups implements Pass {
  private final Task task;
  private final int days;
  private final Engine engine;

  public DailyBackups(Task task) {
    this.task = task;
    this.days = Integer.parseInt(task.variant());
    this.engine = new Engine(task.endpoint(), task.workers());
  }

  @Override
  public long run() throws InterruptedException {
    Vault vault = engine.newVault(task.folder());
    long items = 0;
    for (int day = 0; day < days; day++) {
      items +=
          engine
              .backup(vault, task.table(), CodecChoice.DEFAULT, Optional.empty())
              .recoveryPoint()
              .export()
              .itemCount();
    }
    vault.store().close();
    return items;
  }

  @Override
  public void close() {
    engine.close();
  }
}
