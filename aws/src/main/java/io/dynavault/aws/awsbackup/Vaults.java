// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.GetBackupVaultNotificationsResponse;
import software.amazon.awssdk.services.backup.model.ListBackupVaultsResponse;
import software.amazon.awssdk.services.backup.model.PutBackupVaultLockConfigurationRequest;

/** The vaults of AWS Backup in an account and region. */
public final class Vaults {
  private final BackupClient client;

  public Vaults(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /** All of them. */
  public List<AwsVault> list() {
    return Pages.all(
        token ->
            Calls.call(
                "ListBackupVaults",
                "list the vaults",
                () -> client.listBackupVaults(b -> b.nextToken(token))),
        ListBackupVaultsResponse::backupVaultList,
        ListBackupVaultsResponse::nextToken,
        Vaults::vault);
  }

  /**
   * @throws DynavaultException {@code VAULT_NOT_FOUND}
   */
  public AwsVault describe(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.VAULT_NOT_FOUND,
                    "unable to describe vault '" + name + "': AWS Backup has no such vault",
                    "see what there is with: dynavault aws-backup vault list"));
  }

  /** The vault, if it exists. */
  public Optional<AwsVault> find(String name) {
    try {
      return Optional.of(
          vault(
              Calls.call(
                  "DescribeBackupVault",
                  "describe vault '" + name + "'",
                  () -> client.describeBackupVault(b -> b.backupVaultName(name)))));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.VAULT_NOT_FOUND) {
        return Optional.empty();
      }
      if (e.code() != ErrorCode.ACCESS_DENIED) {
        throw e;
      }
      // AWS denies access to vaults that do not exist; the list tells which of both it is.
      if (list().stream().anyMatch(vault -> vault.name().equals(name))) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Creates a vault.
   *
   * @param key ARN of its key; null for AWS's own
   * @param token of the creator; the same one creates the vault once only
   * @return its ARN
   * @throws DynavaultException {@code VAULT_EXISTS}
   */
  public String create(String name, @Nullable String key, Map<String, String> tags, String token) {
    return Calls.call(
            "CreateBackupVault",
            "create vault '" + name + "'",
            () ->
                client.createBackupVault(
                    CreateBackupVaultRequest.builder()
                        .backupVaultName(name)
                        .encryptionKeyArn(key)
                        .backupVaultTags(tags.isEmpty() ? null : tags)
                        .creatorRequestId(token)
                        .build()))
        .backupVaultArn();
  }

  /** Deletes a vault, which has to be empty. */
  public void delete(String name) {
    Calls.call(
        "DeleteBackupVault",
        "delete vault '" + name + "'",
        () -> client.deleteBackupVault(b -> b.backupVaultName(name)));
  }

  /** Locks a vault, or changes its lock as long as that is possible. */
  public void lock(String name, VaultRetention lock) {
    PutBackupVaultLockConfigurationRequest.Builder request =
        PutBackupVaultLockConfigurationRequest.builder().backupVaultName(name);
    lock.minDays().ifPresent(days -> request.minRetentionDays((long) days));
    lock.maxDays().ifPresent(days -> request.maxRetentionDays((long) days));
    lock.changeableDays().ifPresent(days -> request.changeableForDays((long) days));
    Calls.call(
        "PutBackupVaultLockConfiguration",
        "lock vault '" + name + "'",
        () -> client.putBackupVaultLockConfiguration(request.build()));
  }

  /** Takes the lock away, as long as that is possible. */
  public void unlock(String name) {
    Calls.call(
        "DeleteBackupVaultLockConfiguration",
        "unlock vault '" + name + "'",
        () -> client.deleteBackupVaultLockConfiguration(b -> b.backupVaultName(name)));
  }

  /** The access policy as {@link VaultPolicy#normal} JSON, if there is one. */
  public Optional<String> policy(String name) {
    return unlessMissing(
            () ->
                Calls.call(
                    "GetBackupVaultAccessPolicy",
                    "read the policy of vault '" + name + "'",
                    () -> client.getBackupVaultAccessPolicy(b -> b.backupVaultName(name))))
        .flatMap(answer -> Optional.ofNullable(answer.policy()))
        .map(VaultPolicy::normal);
  }

  public void setPolicy(String name, String policy) {
    Calls.call(
        "PutBackupVaultAccessPolicy",
        "set the policy of vault '" + name + "'",
        () -> client.putBackupVaultAccessPolicy(b -> b.backupVaultName(name).policy(policy)));
  }

  public void removePolicy(String name) {
    Calls.call(
        "DeleteBackupVaultAccessPolicy",
        "remove the policy of vault '" + name + "'",
        () -> client.deleteBackupVaultAccessPolicy(b -> b.backupVaultName(name)));
  }

  /** Where events are sent, if they are. */
  public Optional<VaultNotifications> notifications(String name) {
    return unlessMissing(
            () ->
                Calls.call(
                    "GetBackupVaultNotifications",
                    "read the notifications of vault '" + name + "'",
                    () -> client.getBackupVaultNotifications(b -> b.backupVaultName(name))))
        .flatMap(Vaults::notifications);
  }

  public void setNotifications(String name, VaultNotifications notifications) {
    Calls.call(
        "PutBackupVaultNotifications",
        "set the notifications of vault '" + name + "'",
        () ->
            client.putBackupVaultNotifications(
                b ->
                    b.backupVaultName(name)
                        .snsTopicArn(notifications.topic())
                        .backupVaultEventsWithStrings(notifications.events())));
  }

  public void removeNotifications(String name) {
    Calls.call(
        "DeleteBackupVaultNotifications",
        "remove the notifications of vault '" + name + "'",
        () -> client.deleteBackupVaultNotifications(b -> b.backupVaultName(name)));
  }

  private static Optional<VaultNotifications> notifications(
      GetBackupVaultNotificationsResponse answer) {
    return answer.snsTopicArn() == null || answer.backupVaultEventsAsStrings().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VaultNotifications(answer.snsTopicArn(), answer.backupVaultEventsAsStrings()));
  }

  private static <T> Optional<T> unlessMissing(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.VAULT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static AwsVault vault(DescribeBackupVaultResponse vault) {
    return new AwsVault(
        vault.backupVaultName(),
        vault.backupVaultArn(),
        Optional.ofNullable(vault.encryptionKeyArn()),
        Optional.ofNullable(vault.creationDate()),
        Optional.ofNullable(vault.creatorRequestId()),
        count(vault.numberOfRecoveryPoints()),
        Boolean.TRUE.equals(vault.locked()),
        days(vault.minRetentionDays()),
        days(vault.maxRetentionDays()),
        Optional.ofNullable(vault.lockDate()));
  }

  private static AwsVault vault(BackupVaultListMember vault) {
    Optional<Instant> lockDate = Optional.ofNullable(vault.lockDate());
    return new AwsVault(
        vault.backupVaultName(),
        vault.backupVaultArn(),
        Optional.ofNullable(vault.encryptionKeyArn()),
        Optional.ofNullable(vault.creationDate()),
        Optional.ofNullable(vault.creatorRequestId()),
        count(vault.numberOfRecoveryPoints()),
        Boolean.TRUE.equals(vault.locked()),
        days(vault.minRetentionDays()),
        days(vault.maxRetentionDays()),
        lockDate);
  }

  private static long count(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static OptionalInt days(@Nullable Long days) {
    return days == null ? OptionalInt.empty() : OptionalInt.of(days.intValue());
  }
}
