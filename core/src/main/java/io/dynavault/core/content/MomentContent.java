// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items of a table at a moment: those of a base whose keys no change decides, and the images of
 * those that one does. Closing removes temporary files.
 */
public final class MomentContent implements ItemContent {
  private final ExportContent base;
  private final RecoveryPoint point;
  private final ChangeSource changes;
  private final Instant moment;
  private final long newItems;
  private final ChangeLayer layer;

  private MomentContent(
      ExportContent base,
      RecoveryPoint point,
      ChangeSource changes,
      Instant moment,
      long newItems,
      String name) {
    this.base = requireNonNull(base, "base is null");
    this.point = requireNonNull(point, "point is null");
    this.changes = requireNonNull(changes, "changes is null");
    this.moment = requireNonNull(moment, "moment is null");
    this.newItems = newItems;
    this.layer =
        new ChangeLayer(
            base, point.table().keySchema(), changes, "changes of " + name + ", stream ");
  }

  /**
   * Opens the base. Its manifests have to agree with its record.
   *
   * @param changes what decides beside the base, with ranks that say which change does
   * @param moment of which the items are
   * @param newItems how many items there can be at most that the base does not have
   * @param name tells these changes from others over the same base
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where they do not, or are
   *     not whole
   */
  public static MomentContent open(
      ObjectStore store,
      RecoveryPoint base,
      ChangeSource changes,
      Instant moment,
      long newItems,
      String name) {
    return new MomentContent(
        ExportContent.open(store, base), base, changes, moment, newItems, name);
  }

  /** Of which the items are. */
  public Instant moment() {
    return moment;
  }

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public ObjectStore store() {
    return base.store();
  }

  /** The record of the base. */
  @Override
  public Optional<RecoveryPoint> recoveryPoint() {
    return Optional.of(point);
  }

  @Override
  public String tableId() {
    return base.tableId();
  }

  @Override
  public long itemCount() {
    return base.itemCount() + newItems;
  }

  @Override
  public boolean isCounted() {
    return false;
  }

  /** As if new items had the size that those of the base have on the average. */
  @Override
  public long itemBytes() {
    double average = (double) base.itemBytes() / Math.max(1, base.itemCount());
    return base.itemBytes() + (long) (newItems * Math.max(1, average));
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(base.notes());
    notes.add(
        "the %d items of recovery point '%s' are joined with %d changes to the table at %s"
            .formatted(base.itemCount(), point.id(), changes.changes(), moment));
    return notes;
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
}
