// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.CalculatedLifecycle;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointResponse;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByResourceResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointByResource;

/** The recovery points of AWS Backup in an account and region. */
public final class RecoveryPoints {
  private final BackupClient client;

  public RecoveryPoints(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /** Those of tables in a vault. */
  public List<AwsRecoveryPoint> ofVault(String vault) {
    return Pages.all(
        token ->
            Calls.call(
                "ListRecoveryPointsByBackupVault",
                "list the recovery points of vault '" + vault + "'",
                () ->
                    client.listRecoveryPointsByBackupVault(
                        b ->
                            b.backupVaultName(vault)
                                .byResourceType(Jobs.DYNAMODB)
                                .nextToken(token))),
        ListRecoveryPointsByBackupVaultResponse::recoveryPoints,
        ListRecoveryPointsByBackupVaultResponse::nextToken,
        point -> point(vault, point));
  }

  /** Those of a table, in all vaults. */
  public List<AwsRecoveryPoint> ofTable(String tableArn) {
    return Pages.all(
        token ->
            Calls.call(
                "ListRecoveryPointsByResource",
                "list the recovery points of '" + tableArn + "'",
                () ->
                    client.listRecoveryPointsByResource(
                        b -> b.resourceArn(tableArn).nextToken(token))),
        ListRecoveryPointsByResourceResponse::recoveryPoints,
        ListRecoveryPointsByResourceResponse::nextToken,
        point -> point(tableArn, point));
  }

  /**
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND}
   */
  public AwsRecoveryPoint describe(String vault, String arn) {
    return point(
        vault,
        Calls.call(
            "DescribeRecoveryPoint",
            "describe recovery point '" + arn + "' in vault '" + vault + "'",
            () ->
                client.describeRecoveryPoint(b -> b.backupVaultName(vault).recoveryPointArn(arn))));
  }

  /**
   * The name of the vault that a recovery point is in.
   *
   * @param tableArn the table it is of
   */
  public Optional<String> vaultOf(String arn, String tableArn) {
    return ofTable(tableArn).stream()
        .filter(point -> point.arn().equals(arn))
        .map(AwsRecoveryPoint::vault)
        .findFirst();
  }

  /**
   * Deletes a recovery point; it is DELETING for some time.
   *
   * @throws DynavaultException {@code LOCKED} if the vault's lock or a legal hold protects it,
   *     {@code ACCESS_DENIED} if the vault's policy does
   */
  public void delete(String vault, String arn) {
    String action = "delete recovery point '" + arn + "'";
    Calls.call(
        "DeleteRecoveryPoint",
        action,
        () -> client.deleteRecoveryPoint(b -> b.backupVaultName(vault).recoveryPointArn(arn)));
  }

  /** Changes how long a recovery point is kept. */
  public void setLifecycle(String vault, String arn, Lifecycle lifecycle) {
    Calls.call(
        "UpdateRecoveryPointLifecycle",
        "change the lifecycle of recovery point '" + arn + "'",
        () ->
            client.updateRecoveryPointLifecycle(
                b ->
                    b.backupVaultName(vault)
                        .recoveryPointArn(arn)
                        .lifecycle(lifecycle.toUpdate())));
  }

  private static AwsRecoveryPoint point(String vault, DescribeRecoveryPointResponse point) {
    return new AwsRecoveryPoint(
        point.recoveryPointArn(),
        point.backupVaultName() == null ? vault : point.backupVaultName(),
        Optional.ofNullable(point.resourceArn()),
        status(point.statusAsString()),
        Optional.ofNullable(point.creationDate()),
        bytes(point.backupSizeInBytes()),
        Optional.ofNullable(point.storageClassAsString()),
        Optional.of(Lifecycle.of(point.lifecycle())),
        coldAt(point.calculatedLifecycle()),
        deleteAt(point.calculatedLifecycle()),
        Optional.ofNullable(point.encryptionKeyArn()),
        Optional.ofNullable(point.statusMessage()));
  }

  private static AwsRecoveryPoint point(String vault, RecoveryPointByBackupVault point) {
    return new AwsRecoveryPoint(
        point.recoveryPointArn(),
        point.backupVaultName() == null ? vault : point.backupVaultName(),
        Optional.ofNullable(point.resourceArn()),
        status(point.statusAsString()),
        Optional.ofNullable(point.creationDate()),
        bytes(point.backupSizeInBytes()),
        Optional.empty(),
        Optional.of(Lifecycle.of(point.lifecycle())),
        coldAt(point.calculatedLifecycle()),
        deleteAt(point.calculatedLifecycle()),
        Optional.ofNullable(point.encryptionKeyArn()),
        Optional.ofNullable(point.statusMessage()));
  }

  private static AwsRecoveryPoint point(String tableArn, RecoveryPointByResource point) {
    return new AwsRecoveryPoint(
        point.recoveryPointArn(),
        point.backupVaultName() == null ? "" : point.backupVaultName(),
        Optional.of(tableArn),
        status(point.statusAsString()),
        Optional.ofNullable(point.creationDate()),
        bytes(point.backupSizeBytes()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(point.encryptionKeyArn()),
        Optional.ofNullable(point.statusMessage()));
  }

  private static String status(@Nullable String status) {
    return status == null ? "UNKNOWN" : status;
  }

  private static OptionalLong bytes(@Nullable Long bytes) {
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private static Optional<Instant> coldAt(@Nullable CalculatedLifecycle lifecycle) {
    return lifecycle == null
        ? Optional.empty()
        : Optional.ofNullable(lifecycle.moveToColdStorageAt());
  }

  private static Optional<Instant> deleteAt(@Nullable CalculatedLifecycle lifecycle) {
    return lifecycle == null ? Optional.empty() : Optional.ofNullable(lifecycle.deleteAt());
  }
}
