// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.Restores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notes in the vault that a restore has created a table, until it has ended: only then another one
 * may go on in that table. An export without a record has no vault to note it in. Not safe for
 * several threads.
 */
final class RestoreJournal {
  private final Restores restores;
  private final Optional<RecoveryPoint> point;
  private final InstantSource clock;
  private final List<String> notes = new ArrayList<>();
  private Optional<RestoreRecord.Target> open = Optional.empty();

  RestoreJournal(ItemContent content, InstantSource clock) {
    this.restores = new Restores(content.store());
    this.point = content.recoveryPoint();
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The table as a journal names it. */
  static RestoreRecord.Target target(TableDefinition table) {
    return new RestoreRecord.Target(table.tableName(), table.tableArn(), table.tableId());
  }

  /** Whether somebody may go on with this restore if it ends here. */
  boolean isOpen() {
    return open.isPresent();
  }

  /** What went wrong and is worth knowing, one sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Notes a table that was just created. Who may only read the vault restores without a note. */
  void begin(RestoreRecord.Target target) {
    if (point.isEmpty()) {
      return;
    }
    RecoveryPoint from = point.get();
    try {
      restores.begin(
          new RestoreRecord(from.tableName(), from.id(), target, clock.instant(), false));
      open = Optional.of(target);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.ACCESS_DENIED) {
        throw e;
      }
    }
  }

  /** Goes on with what is noted already. */
  void resume(RestoreRecord.Target target) {
    open = point.map(from -> target);
  }

  /** Removes the note. The table is complete, whatever becomes of it. */
  void end() {
    if (point.isEmpty() || open.isEmpty()) {
      return;
    }
    try {
      restores.end(point.get().tableName(), point.get().id(), open.get());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      notes.add(
          "the journal of the restore to table '%s' could not be removed, gc will: %s"
              .formatted(open.get().tableName(), e.getMessage()));
    }
    open = Optional.empty();
  }
}
