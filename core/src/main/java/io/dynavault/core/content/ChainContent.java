// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.change.ChangeReader;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items of a table at the end of a chain of exports: those of the full export whose keys have
 * not changed since, and the last images of those that have. Closing removes temporary files.
 */
public final class ChainContent implements ItemContent {
  private final ExportContent base;
  private final List<ExportContent> windows;
  private final Instant end;
  private final List<String> joints;
  private final WindowChanges changes;
  private final ChangeLayer layer;

  private ChainContent(
      ExportContent base,
      List<ExportContent> windows,
      KeySchema keys,
      Instant end,
      List<String> joints) {
    this.base = base;
    this.windows = List.copyOf(windows);
    this.end = end;
    this.joints = List.copyOf(joints);
    this.changes = new WindowChanges(windows, keys);
    this.layer = new ChangeLayer(base, keys, changes, "changes, stream ");
  }

  /**
   * Opens base and windows. Their manifests have to agree with their records.
   *
   * @throws DynavaultException {@code DAMAGED} where they do not, or are not whole
   */
  public static ChainContent open(ObjectStore store, ExportChain chain) {
    requireNonNull(chain, "chain is null");
    List<ExportContent> windows = new ArrayList<>();
    for (RecoveryPoint window : chain.windows()) {
      windows.add(ExportContent.openAny(store, window));
    }
    return new ChainContent(
        ExportContent.open(store, chain.base()),
        windows,
        chain.base().table().keySchema(),
        chain.end(),
        List.of());
  }

  /**
   * A chain without records. Its keys are those that its changes name; where there are none, the
   * base is all that there is.
   *
   * @param windows oldest first
   * @param end the moment of which the state is
   * @param joints what has to be said of how base and windows meet
   */
  static ItemContent open(
      ExportContent base, List<ExportContent> windows, Instant end, List<String> joints) {
    Optional<KeySchema> keys = ChangedKeys.of(windows);
    return keys.isPresent() ? new ChainContent(base, windows, keys.get(), end, joints) : base;
  }

  @Override
  public String name() {
    return last().name();
  }

  private ExportContent last() {
    return windows.isEmpty() ? base : windows.get(windows.size() - 1);
  }

  @Override
  public ObjectStore store() {
    return base.store();
  }

  @Override
  public Optional<RecoveryPoint> recoveryPoint() {
    return last().recoveryPoint();
  }

  @Override
  public String tableId() {
    return base.tableId();
  }

  @Override
  public long itemCount() {
    return base.itemCount() + changes.changes();
  }

  @Override
  public boolean isCounted() {
    return windows.isEmpty();
  }

  @Override
  public long itemBytes() {
    return base.itemBytes() + windows.stream().mapToLong(ExportContent::itemBytes).sum();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(base.notes());
    windows.forEach(window -> notes.addAll(window.notes()));
    notes.add(
        "the %d items of full export '%s' are joined with %d changes up to %s"
            .formatted(base.itemCount(), baseName(), changes.changes(), end));
    notes.addAll(joints);
    return notes;
  }

  private String baseName() {
    return base.recoveryPoint().map(point -> point.id().value()).orElseGet(base::name);
  }

  @Override
  public void requireFiles() {
    base.requireFiles();
    changes.requireFiles();
  }

  @Override
  public void prepare(RunContext context) throws InterruptedException {
    layer.prepare(context);
  }

  @Override
  public List<ContentPart> parts() {
    return layer.parts();
  }

  @Override
  public void readFirst(ItemConsumer consumer) throws InterruptedException {
    layer.readFirst(consumer);
  }

  @Override
  public void close() {
    layer.close();
  }

  /** Takes the changes of a file one by one. */
  @FunctionalInterface
  interface Changes {
    void change(ChangeReader change) throws IOException;
  }
}
