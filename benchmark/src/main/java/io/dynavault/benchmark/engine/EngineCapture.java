// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.stream.GeneratedStream;
import io.dynavault.core.vault.Vault;

/**
 * Captures changes into a new vault in a folder, with the base of a table, which should be empty.
 * The variant is their number.
 */
public final class EngineCapture implements Pass {
  private static final int ITEMS = 50_000;

  private final Task task;
  private final long changes;
  private final Engine engine;
  private final GeneratedStream stream;

  public EngineCapture(Task task) {
    this.task = task;
    this.changes = Long.parseLong(task.variant());
    this.engine = new Engine(task.endpoint(), task.workers());
    this.stream = Captured.stream(ITEMS);
  }

  @Override
  public long run() throws InterruptedException {
    Vault vault = engine.newVault(task.folder());
    new Captured(engine, vault, task.table(), stream).capture(changes);
    vault.store().close();
    return changes;
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
