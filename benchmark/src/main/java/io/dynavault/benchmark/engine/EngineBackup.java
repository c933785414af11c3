// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/**
 * Backs up a table into a new vault in a folder: description, lease, journal, manifests and commit
 * included. The variant is the codec, or a read budget in the words of the command line.
 */
public final class EngineBackup implements Pass {
  private final Task task;
  private final CodecChoice codec;
  private final Optional<CapacityBudget> budget;
  private final Engine engine;

  public EngineBackup(Task task) {
    this.task = task;
    this.budget = Budgets.of(task.variant());
    this.codec = budget.isPresent() ? CodecChoice.DEFAULT : CodecChoice.valueOf(task.variant());
    this.engine = new Engine(task.endpoint(), task.workers());
  }

  @Override
  public long run() throws InterruptedException {
    Vault vault = engine.newVault(task.folder());
    long items =
        engine.backup(vault, task.table(), codec, budget).recoveryPoint().export().itemCount();
    vault.store().close();
    return items;
  }

  @Override
  public void tidy() throws Exception {
    Folders.remove(task.folder());
  }

  @Override
  public void close() {
    engine.close();
  }
}
