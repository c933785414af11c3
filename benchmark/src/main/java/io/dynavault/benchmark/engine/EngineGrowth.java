// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.stub.StubTable;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/** Backs up a table of any size into a store that keeps no data files. */
public final class EngineGrowth implements Pass {
  private static final int WARM_UP_PAGES = 1024;

  private final Task task;
  private final Engine engine;

  /** Backs up a gigabyte first: a small table must not pay for the compiler alone. */
  public EngineGrowth(Task task) throws InterruptedException {
    this.task = task;
    this.engine = new Engine(task.endpoint(), task.workers());
    backup(StubTable.ofPages(WARM_UP_PAGES).name());
  }

  @Override
  public long run() throws InterruptedException {
    return backup(task.table());
  }

  private long backup(String table) throws InterruptedException {
    Vault vault = engine.newVault(new DiscardingStore());
    return engine
        .backup(vault, table, CodecChoice.valueOf(task.variant()), Optional.empty())
        .recoveryPoint()
        .export()
        .itemCount();
  }

  @Override
  public void close() {
    engine.close();
  }
}
