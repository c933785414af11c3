// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.Parallel;
import io.dynavault.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

/** Deletes many objects, some at a time, in no order. */
public final class BulkDelete {
  private static final int WORKERS = 8;
  private static final int PER_TASK = 50;

  private final ObjectStore store;
  private final Runnable check;

  public BulkDelete(ObjectStore store) {
    this(store, () -> {});
  }

  /**
   * @param check called before each batch, on several threads; fails when nothing more may be
   *     deleted
   */
  public BulkDelete(ObjectStore store, Runnable check) {
    this.store = requireNonNull(store, "store is null");
    this.check = requireNonNull(check, "check is null");
  }

  /** Deletes all, or fails with the first failure; then some of them may be left. */
  public void delete(Collection<String> keys) throws InterruptedException {
    List<String> all = List.copyOf(keys);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PER_TASK) {
      List<String> some = all.subList(from, Math.min(from + PER_TASK, all.size()));
      tasks.add(
          () -> {
            check.run();
            some.forEach(store::delete);
            return true;
          });
    }
    new Parallel("delete", WORKERS).run(tasks);
  }
}
