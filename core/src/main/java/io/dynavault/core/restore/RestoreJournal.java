// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.Restores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Notes in the vault that a restore is about to create a table, and that it has, until it has
 * ended: only then another one may go on in that table. An export without a record has no vault to
 * note it in. Not safe for several threads.
 */
final class RestoreJournal {
  private final Restores restores;
  private final Optional<RecoveryPoint> point;
  private final String choice;
  private final InstantSource clock;
  private final Set<String> notes = new LinkedHashSet<>();
  private List<RestoreRecord> intended = List.of();
  private Optional<RestoreRecord> open = Optional.empty();

  RestoreJournal(RestoreRequest request, InstantSource clock) {
    this.restores = new Restores(request.content().store());
    this.point = request.content().recoveryPoint();
    this.choice = request.options().choice();
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The table as a journal names it. */
  static RestoreRecord.Target target(TableDefinition table) {
    return new RestoreRecord.Target(table.tableName(), table.tableArn(), table.tableId());
  }

  /** Whether somebody may go on with this restore if it ends here. */
  boolean isOpen() {
    return open.isPresent() || !intended.isEmpty();
  }

  /** Whether the table itself is noted, not only the intention to create it. */
  boolean isConfirmed() {
    return open.isPresent();
  }

  /** What went wrong and is worth knowing, one sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Notes a table that is going to be created, so that one without a journal is known as ours. */
  void intend(String tableName) {
    intended =
        note(RestoreRecord.Target.intended(tableName), clock.instant())
            .map(List::of)
            .orElse(List.of());
  }

  /** The intention has served, or the table was not created. What stays is tried again. */
  void withdraw() {
    intended = intended.stream().filter(record -> remove(record).isPresent()).toList();
  }

  /** Notes a table that was just created. */
  void begin(RestoreRecord.Target target) {
    Instant started =
        intended.stream().findFirst().map(RestoreRecord::started).orElseGet(clock::instant);
    open = note(target, started);
    withdraw();
  }

  /** Goes on with what is noted already. */
  void resume(UnfinishedRestore unfinished) {
    intended = unfinished.intended();
    open = unfinished.created();
    if (open.isPresent()) {
      withdraw();
    }
  }

  /** Removes the note. The table is complete, whatever becomes of it. */
  void end() {
    Stream.concat(intended.stream(), open.stream())
        .forEach(
            record ->
                remove(record)
                    .ifPresent(
                        failure ->
                            notes.add(
                                "the journal of the restore to table '%s' could not be removed, gc will: %s"
                                    .formatted(
                                        record.target().tableName(), failure.getMessage()))));
    intended = List.of();
    open = Optional.empty();
  }

  /** Who may only read the vault, or finds no room in it, restores without a note. */
  private Optional<RestoreRecord> note(RestoreRecord.Target target, Instant started) {
    if (point.isEmpty()) {
      return Optional.empty();
    }
    RecoveryPoint from = point.get();
    RestoreRecord record =
        new RestoreRecord(from.tableName(), from.id(), target, choice, started, false);
    try {
      restores.begin(record);
      return Optional.of(record);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.ACCESS_DENIED && e.code() != ErrorCode.STORE_FULL) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Why it could not be removed. */
  private Optional<DynavaultException> remove(RestoreRecord record) {
    try {
      restores.end(record);
      return Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return Optional.of(e);
    }
  }
}
