// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.history.ChangeQuery.Images;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one item at a moment in the changes alone: if it was written between the beginning of
 * the chain that has the moment and the moment, the last of these changes says all, and the base
 * need not be read.
 */
public final class VersionSearch {
  private final ObjectStore store;
  private final int workers;
  private final RunContext context;

  /**
   * @param store the vault's
   * @param workers files read at the same time
   */
  public VersionSearch(ObjectStore store, int workers, RunContext context) {
    this.store = requireNonNull(store, "store is null");
    this.workers = workers;
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * The last change before a moment.
   *
   * @param chain in whose window the moment lies
   * @param item chooses one item
   * @return empty where the chain has none: then the item is as the base has it, or a later change
   *     says what it was
   */
  public Optional<RecordedChange> lastChange(
      String table, RecoveryPointId chain, ItemSelection item, Instant moment)
      throws InterruptedException {
    Optional<ChainLog> log = new ContinuousBackups(store).find(table, chain);
    if (log.isEmpty() || !log.get().chain().started().isBefore(moment)) {
      return Optional.empty();
    }
    ChangeQuery query =
        new ChangeQuery(
            Optional.of(log.get().chain().started()), Optional.of(moment), item, Images.BOTH);
    AtomicReference<@Nullable RecordedChange> last = new AtomicReference<>();
    ChangeSearch.in(store, table, workers, context)
        .before(moment)
        .run(
            query,
            change -> {
              last.set(change);
              return true;
            });
    return Optional.ofNullable(last.get());
  }
}
