// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.FormatException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The journal of one backup: its plan and its finished files. Safe for several threads. */
final class BackupJournal {
  private final ObjectStore store;
  private final RunJournal journal;
  private final BackupPlan plan;

  BackupJournal(ObjectStore store, RunJournal journal, BackupPlan plan) {
    this.store = requireNonNull(store, "store is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.plan = requireNonNull(plan, "plan is null");
  }

  /** What a backup writes before anything else. */
  static RunRecord record(BackupPlan plan, InstantSource clock, String toolVersion) {
    return new RunRecord(
        RunRecord.Kind.BACKUP,
        plan.table().tableName(),
        plan.id(),
        plan.outline().layout().folder(),
        clock.instant(),
        toolVersion,
        BackupPlanParser.toJson(plan));
  }

  /**
   * The newest backup of the table that has begun and not ended.
   *
   * @param readCapacity to use in place of the plan's; how fast a table is read changes nothing
   *     about what is backed up
   */
  static BackupJournal newest(
      Vault vault, String tableName, Optional<CapacityBudget> readCapacity) {
    List<RunJournal> unfinished =
        vault.runs().unfinished(tableName).stream()
            .filter(journal -> journal.run().kind() == RunRecord.Kind.BACKUP)
            .toList();
    if (unfinished.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to resume a backup of table '" + tableName + "': none was interrupted",
          "run the backup without --resume");
    }
    RunJournal last = unfinished.get(unfinished.size() - 1);
    return of(vault, last, readCapacity);
  }

  private static BackupJournal of(
      Vault vault, RunJournal journal, Optional<CapacityBudget> readCapacity) {
    try {
      BackupPlan planned = BackupPlanParser.fromJson(journal.run().plan());
      BackupPlan plan = readCapacity.map(planned::withReadCapacity).orElse(planned);
      return new BackupJournal(vault.store(), journal, plan);
    } catch (FormatException e) {
      throw damaged(journal.run().id(), e);
    }
  }

  BackupPlan plan() {
    return plan;
  }

  void finished(FileState state) {
    journal.finished(state.name(), FileStateParser.toJson(state));
  }

  /** The noted files that are whole, read back and compared with their checksums. */
  FinishedFiles finishedFiles(StopSignal stop) throws InterruptedException {
    StoredFileCheck check = new StoredFileCheck(store);
    return FinishedFiles.of(
        noted(),
        state -> {
          if (stop.isRequested()) {
            throw stop.interrupted("checking the files of backup '" + plan.id() + "'");
          }
          return check.isWhole(state);
        });
  }

  private List<FileState> noted() throws InterruptedException {
    try {
      return journal.finished().values().stream().map(FileStateParser::fromJson).toList();
    } catch (FormatException e) {
      throw damaged(plan.id(), e);
    }
  }

  private static DynavaultException damaged(RecoveryPointId id, FormatException cause) {
    return new DynavaultException(
        ErrorCode.DAMAGED,
        "unable to resume backup '" + id + "': its journal is damaged: " + cause.getMessage(),
        "run the backup without --resume; gc removes what this one has written",
        cause);
  }

  void finish() throws InterruptedException {
    journal.finish();
  }
}
