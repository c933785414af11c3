// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.content.ChainContent;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.content.MomentContent;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Instant;
import java.util.List;

/**
 * How a table at a moment is made.
 *
 * @param moment whole seconds, but at the end of an export that has parts of them
 * @param window in which the moment lies
 * @param base whose items are read
 * @param source where the changes after it come from
 * @param notes what is worth knowing, one sentence each
 */
public record MomentPlan(
    Instant moment, RecoveryWindow window, RecoveryPoint base, Source source, List<String> notes) {
  public MomentPlan {
    requireNonNull(moment, "moment is null");
    requireNonNull(window, "window is null");
    requireNonNull(base, "base is null");
    requireNonNull(source, "source is null");
    notes = List.copyOf(notes);
  }

  /** Where changes come from. */
  public sealed interface Source permits CommittedChanges, Exports {}

  /** The windows of a chain of exports; none where a full one is of the moment. */
  public record Exports(ExportChain chain) implements Source {
    public Exports {
      requireNonNull(chain, "chain is null");
    }
  }

  public String tableName() {
    return base.tableName();
  }

  /** How many changes are read over the base. */
  public long changes() {
    return source instanceof CommittedChanges committed
        ? committed.files().changes()
        : RecoveryWindows.changes(((Exports) source).chain());
  }

  /** How many files have them. */
  public int changeFiles() {
    return source instanceof CommittedChanges committed
        ? committed.files().count()
        : ((Exports) source)
            .chain().windows().stream()
                .mapToInt(window -> window.export().dataFiles().size())
                .sum();
  }

  /** The recovery points that are read, and must not be deleted meanwhile. */
  public List<RecoveryPoint> points() {
    return source instanceof Exports exports ? exports.chain().points() : List.of(base);
  }

  /**
   * Opens the items.
   *
   * @param store the vault's
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where a manifest is
   */
  public ItemContent open(ObjectStore store) {
    if (source instanceof Exports exports) {
      return ChainContent.open(store, exports.chain());
    }
    CommittedChanges committed = (CommittedChanges) source;
    return MomentContent.open(
        store,
        base,
        new MomentChanges(store, committed, moment),
        moment,
        committed.newItems(),
        committed.name(base));
  }
}
