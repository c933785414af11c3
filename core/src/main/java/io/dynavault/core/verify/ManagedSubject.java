// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.layout.ObjectKeys;
import java.util.List;
import java.util.Optional;

/**
 * A recovery point whose items are at AWS. Nobody can read them there: all that can be verified is
 * that AWS would restore it, at any level.
 */
record ManagedSubject(Vault vault, RecoveryPoint point, ManagedBackups backups, SecondLook second)
    implements ExportSubject {

  @Override
  public String folder() {
    return ((ManagedBackup) point.content()).arn();
  }

  @Override
  public Optional<RecoveryPoint> recoveryPoint() {
    return Optional.of(point);
  }

  @Override
  public Optional<KeySchema> keySchema() {
    return Optional.empty();
  }

  @Override
  public Structure.Check structure() {
    return this::check;
  }

  private Structure check() throws InterruptedException {
    ManagedBackupState state = backups.state(point);
    List<Finding> findings =
        switch (state.status()) {
          case AVAILABLE -> List.of();
          case CREATING ->
              List.of(
                  Finding.warning(folder(), state.status().text(), "verify it when it is made"));
          case DELETING, UNUSABLE, ABSENT ->
              List.of(Finding.error(folder(), state.status().text(), remedy()));
        };
    return new Structure(0, List.of(), findings);
  }

  @Override
  public String remedy() {
    return "restore another recovery point: dynavault list --table " + point.tableName();
  }

  @Override
  public Optional<Finding> compareBytes(long itemBytes) {
    return Optional.empty();
  }

  @Override
  public boolean stillExists() {
    String record = ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
    return second.stat(record).isPresent();
  }
}
