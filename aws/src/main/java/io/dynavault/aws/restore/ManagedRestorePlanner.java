// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.client.TableLookup;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.aws.pitr.PointInTimeRecovery;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.IndexChoice;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.format.layout.ObjectKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Plans restores that AWS makes: finds out what is restored and with which settings, and refuses
 * what AWS would refuse. Begins nothing.
 */
public final class ManagedRestorePlanner {
  private final RegionClients clients;
  private final PacedCalls calls;

  /**
   * @param clients whose home is the region of the new tables
   */
  public ManagedRestorePlanner(RegionClients clients, PacedCalls calls) {
    this.clients = requireNonNull(clients, "clients is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * Plans a restore.
   *
   * @throws DynavaultException {@code TABLE_EXISTS}, also for a table that cannot be the one to go
   *     on with, {@code RECOVERY_POINT_NOT_FOUND}, {@code TABLE_NOT_FOUND}, {@code PITR_OFF},
   *     {@code TIME_INVALID}, {@code RESOURCE_IN_USE} for a backup that is not ready, {@code USAGE}
   *     for overrides that do not fit
   */
  public ManagedRestorePlan plan(ManagedRestoreRequest request) throws InterruptedException {
    requireTableName(request.tableName());
    if (request.source() instanceof RestoreSource.Job job) {
      requirePossible(job, request.overrides());
    }
    requireKeyAcrossRegions(request);
    Optional<TableDescription> target = target(request);
    SourceTable source = source(request.source());
    List<String> notes = new ArrayList<>();
    Optional<TableDefinition> original = request.original();
    if (original.isEmpty()) {
      original = liveTable(request.source(), source);
      notes.add(
          original.isPresent()
              ? "the settings are those that table '%s' has now".formatted(source.tableName())
              : ("table '%s' is gone and its settings are in no recovery point: only time to live"
                      + " and stream are known")
                  .formatted(source.tableName()));
    }
    if (target.isPresent()) {
      new ResumedTable(request, source, target.get())
          .require(original.map(TableDefinition::keySchema), new Jobs(clients.home().backup()));
    }
    return new ManagedRestorePlan(
        request,
        source,
        CallOverrides.of(request.overrides(), source),
        original.map(request.overrides().withTableName(request.tableName())::apply),
        notes);
  }

  private static void requireTableName(String name) {
    if (!ObjectKeys.isTableName(name)) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID, "unable to restore to table '" + name + "': not a table name");
    }
  }

  /** All that a job of AWS Backup can be told is the table's name and its key. */
  private void requirePossible(RestoreSource.Job job, TableOverrides overrides) {
    if (!job.region().equals(clients.homeRegion())) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to restore table '%s' into region %s: AWS Backup has it in region %s"
              .formatted(job.tableName(), clients.homeRegion(), job.region()),
          "restore it with --region %s; or copy it first with: dynavault aws-backup copy"
              .formatted(job.region()));
    }
    boolean others =
        overrides.billingMode().isPresent()
            || overrides.throughput().isPresent()
            || overrides.onDemandThroughput().isPresent()
            || !(overrides.globalIndexes() instanceof IndexChoice.All)
            || !(overrides.localIndexes() instanceof IndexChoice.All);
    if (others) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to restore table '%s' with another capacity or other indexes: AWS Backup restores"
                  .formatted(job.tableName())
              + " them as they were",
          "leave these options out, and change the table when it is there");
    }
  }

  private void requireKeyAcrossRegions(ManagedRestoreRequest request) {
    String here = clients.homeRegion();
    String there = request.source().region();
    if (!there.equals(here) && request.overrides().encryption().isEmpty()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to restore table '%s' from region %s into region %s: the new table's key is not given"
              .formatted(request.source().tableName(), there, here),
          "add --table-encryption owned, managed or a key of region " + here);
    }
  }

  /** The table that a restore goes on with; one that begins has none. */
  private Optional<TableDescription> target(ManagedRestoreRequest request)
      throws InterruptedException {
    Optional<TableDescription> found =
        TableLookup.find(clients.home().dynamoDb(), calls, request.tableName());
    boolean resumed = request.beginning() == ManagedRestoreRequest.Beginning.RESUMED;
    if (found.isPresent() && !resumed) {
      throw new DynavaultException(
          ErrorCode.TABLE_EXISTS,
          "unable to restore to table '" + request.tableName() + "': it exists",
          "AWS restores into new tables only: give another name with --target-table or --rename");
    }
    if (found.isEmpty() && resumed && !(request.source() instanceof RestoreSource.Job)) {
      throw new DynavaultException(
          ErrorCode.TABLE_NOT_FOUND,
          "unable to resume the restore of table '%s': there is no such table"
              .formatted(request.tableName()),
          "run it without --resume");
    }
    return found;
  }

  private SourceTable source(RestoreSource source) throws InterruptedException {
    if (source instanceof RestoreSource.Backup backup) {
      return backup(backup.arn());
    }
    if (source instanceof RestoreSource.Job job) {
      return SourceTable.of(job);
    }
    RestoreSource.PointInTime point = (RestoreSource.PointInTime) source;
    SourceTable table = table(point);
    new PointInTimeRecovery(client(point), calls)
        .status(point.tableName())
        .requireRestorable(point.time());
    return table;
  }

  private SourceTable table(RestoreSource.PointInTime point) throws InterruptedException {
    return SourceTable.of(
        TableLookup.find(client(point), calls, point.tableName())
            .orElseThrow(
                () ->
                    new DynavaultException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "unable to restore table '%s' to a point in time: there is no such table"
                            .formatted(point.tableName()),
                        "the past of a deleted table is gone; AWS may have a backup of its end:"
                            + " dynavault on-demand list --type system")));
  }

  private SourceTable backup(BackupArn arn) throws InterruptedException {
    OnDemandBackups backups = new OnDemandBackups(clients.in(arn.region()).dynamoDb(), calls);
    BackupDescription backup = backups.description(arn);
    if (backup.backupDetails().backupStatus() != BackupStatus.AVAILABLE) {
      throw new DynavaultException(
          ErrorCode.RESOURCE_IN_USE,
          "unable to restore backup '%s': it is %s"
              .formatted(arn, backup.backupDetails().backupStatusAsString()),
          "wait until AWS has made it: dynavault on-demand describe " + arn);
    }
    return SourceTable.of(backup);
  }

  private DynamoDbClient client(RestoreSource source) {
    return clients.in(source.region()).dynamoDb();
  }

  /** The table itself tells what a backup does not, if it still is the one that was backed up. */
  private Optional<TableDefinition> liveTable(RestoreSource source, SourceTable restored)
      throws InterruptedException {
    if (source instanceof RestoreSource.Backup && !isStillThere(source, restored)) {
      return Optional.empty();
    }
    try (TableClients tables = TableClients.open(clients.in(source.region()).endpoint())) {
      return Optional.of(new TableDescriber(tables).describe(restored.tableName()).definition());
    }
  }

  /** Another table of the same name, made since, has other settings. */
  private boolean isStillThere(RestoreSource source, SourceTable backedUp)
      throws InterruptedException {
    return TableLookup.find(client(source), calls, backedUp.tableName())
        .map(SourceTable::of)
        .filter(table -> backedUp.tableId().equals(table.tableId()))
        .isPresent();
  }
}
