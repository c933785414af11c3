// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.lambda.host.Invocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores one table, or as much of it as the time allows. */
final class TableRestore {
  private static final Logger log = LoggerFactory.getLogger(TableRestore.class);

  private final Vault vault;
  private final Invocation invocation;
  private final FileRestore files;
  private final ManagedRestore managed;

  TableRestore(Vault vault, Invocation invocation, FileRestore files, ManagedRestore managed) {
    this.vault = requireNonNull(vault, "vault is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.files = requireNonNull(files, "files is null");
    this.managed = requireNonNull(managed, "managed is null");
  }

  /**
   * Works on it.
   *
   * @return pending where another invocation has to go on
   */
  TableOutcome go(TableOutcome outcome) throws InterruptedException {
    RecoveryPoint point = point(outcome);
    String key = Checkpoints.key(invocation.requestId(), outcome.tableName());
    StoredCheckpoint checkpoint =
        StoredCheckpoint.open(vault.store(), key, point.id(), invocation.ticker());
    RunContext context = invocation.context(outcome.tableName()).withOwnStop();
    try (Mark mark = vault.protect(point);
        LeaseKeeper keeper =
            LeaseKeeper.start(mark, vault.leases().settings(), context.stop()::request)) {
      TableOutcome ended =
          point.content() instanceof ManagedBackup backup
              ? managed.restore(outcome, point, backup, checkpoint, context)
              : files.restore(outcome, point, checkpoint, context);
      keeper.check();
      checkpoint.remove();
      return ended;
    } catch (DynavaultException e) {
      if (mayGoOn(e)) {
        log.warn("table {}: to be gone on with: {}", outcome.tableName(), e.getMessage());
        checkpoint.keep();
        return outcome;
      }
      checkpoint.remove();
      return outcome.failed(e, checkpoint.doneItems(), 0);
    }
  }

  /** Whether it ended for want of time, or of capacity that there may be later. */
  private boolean mayGoOn(DynavaultException e) {
    return e.code() == ErrorCode.THROTTLED
        || (e.code() == ErrorCode.INTERRUPTED && invocation.stop().isRequested());
  }

  private RecoveryPoint point(TableOutcome outcome) {
    RecoveryPointId id = new RecoveryPointId(outcome.recoveryPoint().orElseThrow());
    return vault
        .catalog()
        .get(outcome.tableName(), id)
        .map(CatalogEntry::point)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.RECOVERY_POINT_NOT_FOUND,
                    "unable to restore table '%s': recovery point '%s' is gone"
                        .formatted(outcome.tableName(), id)));
  }
}
