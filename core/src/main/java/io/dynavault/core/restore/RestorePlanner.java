// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides how a restore will be done. What it needs is given, but for the journal of a restore that
 * is to be resumed, which it looks for in the vault.
 */
public final class RestorePlanner {
  private final URI endpoint;

  /**
   * @param endpoint that will be written to; AWS's own enforces throughput
   */
  public RestorePlanner(URI endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
  }

  /**
   * @throws DynavaultException {@code KEY_SCHEMA_MISMATCH} where the recovery point's items cannot
   *     be items of the target; {@code TABLE_EXISTS} where the target was not created by a restore
   *     of it that was interrupted
   */
  public RestorePlan plan(RestoreRequest request) {
    ItemContent content = request.content();
    Optional<RecoveryPoint> point = content.recoveryPoint();
    point.ifPresent(p -> requireSameKeys(p.table(), request.target().table()));
    requireWholeItemsIfIdentical(request);
    requireAllKeysIfCleared(request);
    TableCapacity.readBudget(request.target().table(), request.options().readCapacity(), endpoint);
    if (request.target() instanceof RestoreTarget.UnfinishedTable unfinished) {
      new UnfinishedTableCheck(request, unfinished).run();
    }
    long items = content.itemCount();
    long bytes = content.itemBytes();
    return new RestorePlan(
        content.name(),
        request.target(),
        items,
        bytes,
        writeUnits(items, bytes),
        budget(request),
        notes(request));
  }

  /**
   * An item that the filter leaves out of the recovery point, but whose changed form in the table
   * matches, would look like one that the recovery point does not have, and be deleted.
   */
  private static void requireWholeItemsIfIdentical(RestoreRequest request) {
    if (request.target() instanceof RestoreTarget.ExistingTable existing
        && existing.onConflict() == ConflictPolicy.MAKE_IDENTICAL
        && request.options().selection().needsItem()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to make table '"
              + existing.table().tableName()
              + "' identical: items are chosen by attributes that may have changed",
          "choose them by --key, or use --on-conflict overwrite");
    }
  }

  /** Who names keys wants those items back, hardly all others deleted. */
  private static void requireAllKeysIfCleared(RestoreRequest request) {
    if (request.target() instanceof RestoreTarget.ExistingTable existing
        && existing.onConflict() == ConflictPolicy.CLEAR
        && request.options().selection().keys().isPresent()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to clear table '"
              + existing.table().tableName()
              + "': that would delete the items of all keys, but only some keys are restored",
          "use --on-conflict identical, which replaces and deletes only items of these keys");
    }
  }

  private OptionalDouble budget(RestoreRequest request) {
    OptionalDouble capacity = TableCapacity.write(request.target().table());
    CapacityBudget budget =
        request
            .options()
            .writeCapacity()
            .orElseGet(() -> TableCapacity.defaultBudget(endpoint, capacity));
    return budget.unitsPerSecond(capacity);
  }

  /** Each item is rounded up to a KB by itself: half a KB more on the average. */
  private static long writeUnits(long items, long bytes) {
    return Math.max(items, bytes / 1024 + items / 2);
  }

  private static void requireSameKeys(TableDefinition source, TableDefinition target) {
    if (!source.keySchema().equals(target.keySchema())) {
      throw new DynavaultException(
          ErrorCode.KEY_SCHEMA_MISMATCH,
          "unable to restore to table '"
              + target.tableName()
              + "': its key is "
              + describe(target.keySchema())
              + ", that of the recovery point is "
              + describe(source.keySchema()));
    }
  }

  private static String describe(KeySchema schema) {
    return Stream.concat(Stream.of(schema.partitionKey()), schema.sortKey().stream())
        .map(RestorePlanner::describe)
        .collect(Collectors.joining(", "));
  }

  private static String describe(KeyAttribute attribute) {
    return attribute.name() + " (" + attribute.type() + ")";
  }

  private static List<String> notes(RestoreRequest request) {
    List<String> notes = new ArrayList<>(request.content().notes());
    request
        .content()
        .recoveryPoint()
        .filter(RecoveryPoint::filtered)
        .ifPresent(
            point ->
                notes.add(
                    "the recovery point was made with a filter or projection: it is not the whole"
                        + " table"));
    if (request.target() instanceof RestoreTarget.ExistingTable existing
        && existing.table().settings().timeToLiveAttribute().isPresent()) {
      notes.add(
          "TTL is on in the target: items that have expired are deleted again within a few days");
    }
    return notes;
  }
}
