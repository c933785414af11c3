// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.RecoveryPoints;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.managed.ManagedBackupState.Status;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.Optional;

/**
 * The recovery points of AWS Backup that a vault's recovery points name, each in its own region.
 * The vault of AWS Backup that has one is found by its table; where AWS no longer lists that, by
 * asking each vault.
 */
public final class AwsBackupVaultBackups implements ManagedBackups {
  private static final int REGION = 3;

  private final RegionClients clients;

  /**
   * @param home of some region; closing this closes it
   */
  public AwsBackupVaultBackups(AwsClients home) {
    this.clients = new RegionClients(home);
  }

  @Override
  public ManagedBackupState state(RecoveryPoint point) {
    return find(point)
        .map(found -> new ManagedBackupState(status(found), found.bytes()))
        .orElseGet(() -> ManagedBackupState.of(Status.ABSENT));
  }

  @Override
  public void delete(RecoveryPoint point) {
    Optional<AwsRecoveryPoint> found = find(point);
    if (found.isEmpty() || found.get().status().equals("DELETING")) {
      return;
    }
    try {
      points(found.get().arn()).delete(found.get().vault(), found.get().arn());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    clients.close();
  }

  private Optional<AwsRecoveryPoint> find(RecoveryPoint point) {
    String arn = arn(point);
    RecoveryPoints points = points(arn);
    Optional<String> vault = points.vaultOf(arn, point.table().tableArn());
    return vault.isPresent() ? describe(points, vault.get(), arn) : search(points, arn);
  }

  private Optional<AwsRecoveryPoint> search(RecoveryPoints points, String arn) {
    for (AwsVault vault : new Vaults(clients(arn).backup()).list()) {
      Optional<AwsRecoveryPoint> found = describe(points, vault.name(), arn);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<AwsRecoveryPoint> describe(
      RecoveryPoints points, String vault, String arn) {
    try {
      return Optional.of(points.describe(vault, arn));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private RecoveryPoints points(String arn) {
    return new RecoveryPoints(clients(arn).backup());
  }

  private AwsClients clients(String arn) {
    return clients.in(arn.split(":", -1)[REGION]);
  }

  private static Status status(AwsRecoveryPoint point) {
    return switch (point.status()) {
      case "COMPLETED", "AVAILABLE" -> Status.AVAILABLE;
      case "CREATING" -> Status.CREATING;
      case "DELETING" -> Status.DELETING;
      default -> Status.UNUSABLE;
    };
  }

  private static String arn(RecoveryPoint point) {
    if (point.content() instanceof ManagedBackup backup) {
      return backup.arn();
    }
    throw new IllegalArgumentException("recovery point '" + point.id() + "' is not managed");
  }
}
