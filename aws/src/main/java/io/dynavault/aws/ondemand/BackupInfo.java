// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableIncarnation;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupDetails;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.SourceTableDetails;

/**
 * An on-demand backup as AWS lists it.
 *
 * @param tableId tells one table of this name from the next; empty where nothing does
 * @param created when it was asked for
 * @param expires of backups that AWS makes of deleted tables
 * @param sizeBytes size of the table when AWS last counted, up to six hours before
 * @param itemCount as of then; lists do not tell it
 */
public record BackupInfo(
    BackupArn arn,
    String name,
    String tableId,
    Instant created,
    Optional<Instant> expires,
    Status status,
    Type type,
    OptionalLong sizeBytes,
    OptionalLong itemCount) {

  /** What state it is in. */
  public enum Status {
    CREATING,
    AVAILABLE,
    DELETED
  }

  /** Who made it. */
  public enum Type {
    /** Somebody who called CreateBackup. */
    USER,
    /** DynamoDB, when a table with point-in-time recovery was deleted. */
    SYSTEM,
    /** AWS Backup. */
    AWS_BACKUP
  }

  public BackupInfo {
    requireNonNull(arn, "arn is null");
    requireNonNull(name, "name is null");
    requireNonNull(tableId, "tableId is null");
    requireNonNull(created, "created is null");
    requireNonNull(expires, "expires is null");
    requireNonNull(status, "status is null");
    requireNonNull(type, "type is null");
    requireNonNull(sizeBytes, "sizeBytes is null");
    requireNonNull(itemCount, "itemCount is null");
  }

  public String tableName() {
    return arn.tableName();
  }

  static BackupInfo of(BackupDescription backup) {
    BackupDetails details = backup.backupDetails();
    SourceTableDetails source = backup.sourceTableDetails();
    return new BackupInfo(
        arn(details.backupArn()),
        orEmpty(details.backupName()),
        source == null
            ? ""
            : TableIncarnation.id(
                source.tableId(), source.tableArn(), source.tableCreationDateTime()),
        details.backupCreationDateTime(),
        Optional.ofNullable(details.backupExpiryDateTime()),
        constant(Status.class, details.backupStatusAsString()),
        constant(Type.class, details.backupTypeAsString()),
        number(details.backupSizeBytes()),
        source == null ? OptionalLong.empty() : number(source.itemCount()));
  }

  static BackupInfo of(BackupDetails details) {
    return of(BackupDescription.builder().backupDetails(details).build());
  }

  static BackupInfo of(BackupSummary summary) {
    return new BackupInfo(
        arn(summary.backupArn()),
        orEmpty(summary.backupName()),
        orEmpty(summary.tableId()),
        summary.backupCreationDateTime(),
        Optional.ofNullable(summary.backupExpiryDateTime()),
        constant(Status.class, summary.backupStatusAsString()),
        constant(Type.class, summary.backupTypeAsString()),
        number(summary.backupSizeBytes()),
        OptionalLong.empty());
  }

  private static BackupArn arn(String text) {
    return BackupArn.find(text)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.UNSUPPORTED,
                    "unable to use backup '" + text + "': its ARN has another form than AWS's"));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to use a backup: AWS says '" + text + "', which is not known here",
          "use a newer dynavault",
          e);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static OptionalLong number(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
