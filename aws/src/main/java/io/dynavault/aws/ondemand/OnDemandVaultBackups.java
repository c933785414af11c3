// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.HashMap;
import java.util.Map;

/** The on-demand backups that a vault's recovery points name, each in its own region. */
public final class OnDemandVaultBackups implements ManagedBackups {
  private final RegionClients clients;
  private final PacedCalls calls;
  private final Map<String, OnDemandBackups> byRegion = new HashMap<>();

  /**
   * @param clients of some region; closing this closes them
   */
  public OnDemandVaultBackups(AwsClients clients, PacedCalls calls) {
    this.clients = new RegionClients(clients);
    this.calls = requireNonNull(calls, "calls is null");
  }

  @Override
  public ManagedBackupState state(RecoveryPoint point) throws InterruptedException {
    BackupArn arn = arn(point);
    try {
      BackupInfo backup = backups(arn).describe(arn);
      return new ManagedBackupState(status(backup.status()), backup.sizeBytes());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        return ManagedBackupState.of(ManagedBackupState.Status.ABSENT);
      }
      throw e;
    }
  }

  @Override
  public void delete(RecoveryPoint point) throws InterruptedException {
    BackupArn arn = arn(point);
    backups(arn).delete(arn);
  }

  @Override
  public void close() {
    clients.close();
  }

  private synchronized OnDemandBackups backups(BackupArn arn) {
    return byRegion.computeIfAbsent(
        arn.region(), region -> new OnDemandBackups(clients.in(region).dynamoDb(), calls));
  }

  private static ManagedBackupState.Status status(BackupInfo.Status status) {
    return switch (status) {
      case CREATING -> ManagedBackupState.Status.CREATING;
      case AVAILABLE -> ManagedBackupState.Status.AVAILABLE;
      case DELETED -> ManagedBackupState.Status.ABSENT;
    };
  }

  private static BackupArn arn(RecoveryPoint point) {
    if (point.content() instanceof ManagedBackup backup) {
      return BackupArn.parse(backup.arn());
    }
    throw new IllegalArgumentException("recovery point '" + point.id() + "' is not managed");
  }
}
