// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All on-demand backups, whoever made them. */
final class Backups {
  private static final Duration SYSTEM_BACKUPS_KEPT = Duration.ofDays(35);

  private final StubContext context;
  private final SortedMap<String, StoredBackup> backups = new TreeMap<>();

  Backups(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /** Keeps a backup of a table as it is now. */
  StoredBackup add(String name, StoredBackup.Type type, TableSnapshot table) {
    Instant now = context.clock().instant();
    return add(
        new StoredBackup(
            table.tableArn() + "/backup/" + context.newId(now),
            name,
            type,
            now,
            Optional.empty(),
            table,
            context.pending()));
  }

  /** Keeps what DynamoDB keeps of a deleted table that had point-in-time recovery. */
  StoredBackup addOfDeleted(TableSnapshot table, Instant appears) {
    return add(
        new StoredBackup(
            table.tableArn() + "/backup/%014d-00000000".formatted(appears.toEpochMilli()),
            table.name() + "$DeletedTableBackup",
            StoredBackup.Type.SYSTEM,
            appears,
            Optional.of(appears.plus(SYSTEM_BACKUPS_KEPT)),
            table,
            new Pending(0)));
  }

  private StoredBackup add(StoredBackup backup) {
    backups.put(backup.arn(), backup);
    return backup;
  }

  /**
   * A backup that there is.
   *
   * @throws AwsError BackupNotFoundException
   */
  StoredBackup existing(BackupArn arn) {
    return Optional.ofNullable(backups.get(arn.text()))
        .filter(this::appeared)
        .orElseThrow(
            () -> AwsError.of("BackupNotFoundException", "Backup not found: " + arn.text()));
  }

  void remove(StoredBackup backup) {
    backups.remove(backup.arn());
  }

  /** Those of a region, the oldest first. */
  Stream<StoredBackup> of(String region) {
    return backups.values().stream()
        .filter(backup -> backup.table().region().equals(region))
        .filter(this::appeared)
        .sorted(Comparator.comparing(StoredBackup::created).thenComparing(StoredBackup::arn));
  }

  private boolean appeared(StoredBackup backup) {
    return !backup.created().isAfter(context.clock().instant());
  }
}
