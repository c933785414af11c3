// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.stub.StubProcess;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/** Restores a backup of default settings over an existing table. */
public final class EngineRestore implements Pass {
  private final Task task;
  private final Optional<CapacityBudget> budget;
  private final Engine engine;
  private final Vault vault;
  private final RecoveryPoint point;

  /** Makes the backup that is restored. */
  public EngineRestore(Task task) throws Exception {
    this.task = task;
    this.budget = Budgets.of(task.variant());
    this.engine = new Engine(task.endpoint(), task.workers());
    this.vault = engine.newVault(task.folder());
    this.point =
        engine.backup(vault, task.table(), CodecChoice.DEFAULT, Optional.empty()).recoveryPoint();
    StubProcess.takeCounters(task.endpoint()); // counts from here on
  }

  @Override
  public long run() throws InterruptedException {
    return engine.restore(ExportContent.open(vault.store(), point), task.table(), budget).written();
  }

  @Override
  public void close() throws Exception {
    vault.store().close();
    engine.close();
    Folders.remove(task.folder());
  }
}
