// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.IndexKeySchema;
import io.dynavault.core.table.SecondaryIndex;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.Restores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a table is what an interrupted restore of this content has left: the vault has a journal
 * of the same choice of items that names this very table or was about to create it, and it has the
 * keys and indexes that the restore creates. A restore that has ended has no journal any more,
 * because by then the table belongs to its users.
 */
final class UnfinishedTableCheck {
  private final ItemContent content;
  private final String choice;
  private final TableDefinition wanted;
  private final TableSnapshot snapshot;
  private final TableDefinition found;

  UnfinishedTableCheck(RestoreRequest request, RestoreTarget.UnfinishedTable target) {
    this.content = request.content();
    this.choice = request.options().choice();
    this.wanted = target.table();
    this.snapshot = target.found();
    this.found = snapshot.definition();
  }

  void run() {
    if (found.tableId().equals(content.tableId())) {
      throw refused("it is the table that was backed up, no restore has created it");
    }
    if (!found.keySchema().equals(wanted.keySchema())) {
      throw refused("it does not have the keys that the restore would create");
    }
    if (!shapes(found.localSecondaryIndexes()).equals(shapes(wanted.localSecondaryIndexes()))
        || !shapes(found.globalSecondaryIndexes())
            .equals(shapes(wanted.globalSecondaryIndexes()))) {
      throw refused("it does not have the indexes that the restore would create");
    }
    RecoveryPoint point =
        content
            .recoveryPoint()
            .orElseThrow(
                () -> refused("there is no journal of restores of an export outside of a vault"));
    requireJournal(point);
  }

  private void requireJournal(RecoveryPoint point) {
    Optional<RestoreRecord> begun = UnfinishedRestore.of(content.store(), point, snapshot).latest();
    if (begun.isPresent()) {
      requireSameChoice(begun.get());
      return;
    }
    RestoreRecord.Target target = RestoreJournal.target(found);
    List<RecoveryPointId> others =
        new Restores(content.store()).unfinished(point.tableName(), target);
    if (!others.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.TABLE_EXISTS,
          "unable to resume the restore to table '%s': it was begun with recovery point '%s'"
              .formatted(wanted.tableName(), others.get(0)),
          "resume it with --id " + others.get(0));
    }
    throw refused(
        "the vault knows of no restore of recovery point '%s' that has created it and not ended"
            .formatted(point.id()));
  }

  /** Items that the first run has written and this one leaves out would stay as they are. */
  private void requireSameChoice(RestoreRecord begun) {
    if (!begun.choice().equals(choice)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to resume the restore to table '%s': it was begun with another choice or masking of items, or to another moment"
              .formatted(wanted.tableName()),
          "give the --key, --filter-expression, --drop-expired, --mask and --to-time options, and"
              + " the masking salt, of the interrupted restore; or restore under another name with"
              + " --target-table");
    }
  }

  private record Shape(IndexKeySchema keys, String projection, Set<String> attributes) {}

  private static Map<String, Shape> shapes(List<SecondaryIndex> indexes) {
    return indexes.stream()
        .collect(
            Collectors.toMap(
                SecondaryIndex::indexName,
                index ->
                    new Shape(
                        index.keySchema(),
                        index.projection().type(),
                        Set.copyOf(index.projection().nonKeyAttributes())),
                (one, same) -> one,
                TreeMap::new));
  }

  private DynavaultException refused(String reason) {
    return new DynavaultException(
        ErrorCode.TABLE_EXISTS,
        "unable to resume the restore to table '%s': %s".formatted(wanted.tableName(), reason),
        "say with --on-conflict what to do with its items, or restore under another name with"
            + " --target-table");
  }
}
