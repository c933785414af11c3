// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Restores a table at a moment over an existing one: out of a base and its changes, or out of the
 * full backup that is made of them.
 */
public final class MomentRestore implements Pass {
  private final Task task;
  private final Engine engine;
  private final Vault vault;
  private final Supplier<ItemContent> content;

  private MomentRestore(Task task, Engine engine, Vault vault, Supplier<ItemContent> content) {
    this.task = task;
    this.engine = engine;
    this.vault = vault;
    this.content = content;
  }

  /** Makes base and changes, which are restored; the variant is how many items a change has. */
  public static MomentRestore ofChanges(Task task) throws InterruptedException {
    Engine engine = new Engine(task.endpoint(), task.workers());
    Vault vault = engine.newVault(task.folder());
    int itemsPerChange = Integer.parseInt(task.variant());
    MomentPlan plan = Captured.withChanges(engine, vault, task.table(), itemsPerChange).latest();
    return new MomentRestore(task, engine, vault, () -> plan.open(vault.store()));
  }

  /** Makes a base and as many changes and compacts them; the result is restored. */
  public static MomentRestore compacted(Task task) throws InterruptedException {
    Engine engine = new Engine(task.endpoint(), task.workers());
    Vault vault = engine.newVault(task.folder());
    Captured captured = Captured.withChanges(engine, vault, task.table(), 1);
    RecoveryPoint point = captured.compact(captured.latest());
    return new MomentRestore(task, engine, vault, () -> ExportContent.open(vault.store(), point));
  }

  @Override
  public long run() throws InterruptedException {
    try (ItemContent items = content.get()) {
      return engine.restore(items, task.table(), Optional.empty()).written();
    }
  }

  @Override
  public void close() throws Exception {
    vault.store().close();
    engine.close();
    Folders.remove(task.folder());
  }
}
