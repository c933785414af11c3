// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;

/** The on-demand backups of an account and region, at AWS. Safe for several threads. */
public final class OnDemandBackups {
  private static final Set<String> TABLE_TOO_YOUNG =
      Set.of("ContinuousBackupsUnavailableException");

  private final DynamoDbClient client;
  private final PacedCalls calls;

  public OnDemandBackups(DynamoDbClient client, PacedCalls calls) {
    this.client = requireNonNull(client, "client is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * Has AWS make a backup, which may not be available yet. A table that was created moments ago is
   * waited for.
   *
   * @throws DynavaultException {@code TABLE_NOT_FOUND} and other refusals; after {@code
   *     SERVICE_UNAVAILABLE} the backup may be there
   */
  public BackupInfo create(String tableName, BackupName name) throws InterruptedException {
    return calls.call(
        "CreateBackup",
        TABLE_TOO_YOUNG,
        () ->
            BackupInfo.of(
                client
                    .createBackup(b -> b.tableName(tableName).backupName(name.value()))
                    .backupDetails()));
  }

  /**
   * What AWS says about a backup.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if it is gone
   */
  public BackupInfo describe(BackupArn arn) throws InterruptedException {
    return BackupInfo.of(description(arn));
  }

  /** All that AWS says about a backup: of its table, too. */
  public BackupDescription description(BackupArn arn) throws InterruptedException {
    return calls.call(
        "DescribeBackup",
        () -> client.describeBackup(b -> b.backupArn(arn.text())).backupDescription());
  }

  /** The backups that a filter lets through, oldest first. */
  public List<BackupInfo> list(BackupFilter filter) throws InterruptedException {
    List<BackupInfo> backups = new ArrayList<>();
    String cursor = null;
    do {
      ListBackupsResponse page = page(filter, cursor);
      page.backupSummaries().stream()
          .filter(OnDemandBackups::isOnDemand)
          .map(BackupInfo::of)
          .forEach(backups::add);
      cursor = page.lastEvaluatedBackupArn();
    } while (cursor != null);
    return backups;
  }

  private ListBackupsResponse page(BackupFilter filter, @Nullable String cursor)
      throws InterruptedException {
    ListBackupsRequest.Builder request =
        ListBackupsRequest.builder()
            .backupType(filter.types().name())
            .exclusiveStartBackupArn(cursor);
    filter.tableName().ifPresent(request::tableName);
    filter.from().ifPresent(request::timeRangeLowerBound);
    filter.to().ifPresent(request::timeRangeUpperBound);
    return calls.call("ListBackups", () -> client.listBackups(request.build()));
  }

  /** Those of AWS Backup with its own ARNs are not DynamoDB's to describe. */
  private static boolean isOnDemand(BackupSummary summary) {
    return BackupArn.find(summary.backupArn()).isPresent();
  }

  /**
   * Deletes a backup. One that is gone is fine.
   *
   * @throws DynavaultException {@code RESOURCE_IN_USE} while a restore reads it, {@code LOCKED}
   *     where only AWS may delete it
   */
  public void delete(BackupArn arn) throws InterruptedException {
    try {
      requireDeletable(describe(arn));
      calls.call("DeleteBackup", () -> client.deleteBackup(b -> b.backupArn(arn.text())));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        throw e;
      }
    }
  }

  /**
   * Refuses what AWS does not let anybody delete here.
   *
   * @throws DynavaultException {@code LOCKED}
   */
  public static void requireDeletable(BackupInfo backup) {
    if (backup.type() == BackupInfo.Type.SYSTEM) {
      throw new DynavaultException(
          ErrorCode.LOCKED,
          "unable to delete backup '%s': AWS made it when table '%s' was deleted"
              .formatted(backup.arn(), backup.tableName()),
          "nobody can delete it and nobody pays for it; AWS removes it"
              + backup.expires().map(time -> " at " + time).orElse(" after 35 days"));
    }
    if (backup.type() == BackupInfo.Type.AWS_BACKUP) {
      throw new DynavaultException(
          ErrorCode.LOCKED,
          "unable to delete backup '%s': it belongs to AWS Backup".formatted(backup.arn()),
          "delete its recovery point there: dynavault aws-backup points delete ARN");
    }
  }
}
