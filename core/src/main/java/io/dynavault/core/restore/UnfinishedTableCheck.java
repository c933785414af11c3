// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.IndexKeySchema;
import io.dynavault.core.table.SecondaryIndex;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.Restores;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a table is what an interrupted restore of this content has left: the vault has a journal
 * that names this very table, and it has the keys and indexes that the restore creates. A restore
 * that has ended has no journal any more, because by then the table belongs to its users.
 */
final class UnfinishedTableCheck {
  private final ItemContent content;
  private final TableDefinition wanted;
  private final TableDefinition found;

  UnfinishedTableCheck(ItemContent content, RestoreTarget.UnfinishedTable target) {
    this.content = content;
    this.wanted = target.table();
    this.found = target.found();
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
    RestoreRecord.Target target = RestoreJournal.target(found);
    Restores restores = new Restores(content.store());
    if (restores.find(point.tableName(), point.id(), target).isPresent()) {
      return;
    }
    List<RecoveryPointId> others = restores.unfinished(point.tableName(), target);
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
