// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.vault.Vault;

/**
 * Compacts a base and as many changes as it has items; what is written is read back. Counted are
 * the items of the result.
 */
public final class EngineCompact implements Pass {
  private final Task task;
  private final Engine engine;
  private final Vault vault;
  private final Captured captured;
  private final MomentPlan plan;

  /** Makes what is compacted. */
  public EngineCompact(Task task) throws InterruptedException {
    this.task = task;
    this.engine = new Engine(task.endpoint(), task.workers());
    this.vault = engine.newVault(task.folder());
    this.captured = Captured.withChanges(engine, vault, task.table(), 1);
    this.plan = captured.latest();
  }

  @Override
  public long run() throws InterruptedException {
    return captured.compact(plan).export().itemCount();
  }

  @Override
  public void close() throws Exception {
    vault.store().close();
    engine.close();
    Folders.remove(task.folder());
  }
}
