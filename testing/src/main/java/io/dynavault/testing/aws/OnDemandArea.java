// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** On-demand backups of DynamoDB (API reference, "CreateBackup" and its neighbours). */
final class OnDemandArea implements ServiceArea {
  private static final int MOST_OF_A_PAGE = 100;

  /** Which types ListBackups is asked for. */
  private enum Filter {
    USER,
    SYSTEM,
    AWS_BACKUP,
    ALL
  }

  private final StubContext context;

  OnDemandArea(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public void register(Operations operations) {
    operations.dynamoDb("CreateBackup", this::create);
    operations.dynamoDb("DescribeBackup", this::describe);
    operations.dynamoDb("ListBackups", this::list);
    operations.dynamoDb("DeleteBackup", this::delete);
    operations.dynamoDb("RestoreTableFromBackup", this::restore);
  }

  private JsonNode create(StubRequest request) {
    String name = Shapes.name(request, "BackupName");
    String table = StubContext.tableName(request.required("TableName"));
    TableSnapshot snapshot =
        TableSnapshot.take(context.tables(), request.call(), table)
            .orElseThrow(() -> AwsError.of("TableNotFoundException", "Table not found: " + table));
    StoredBackup backup = context.backups().add(name, StoredBackup.Type.USER, snapshot);
    ObjectNode answer = Wire.object();
    answer.set("BackupDetails", backup.details("CREATING"));
    return answer;
  }

  private JsonNode describe(StubRequest request) {
    StoredBackup backup = existing(request);
    ObjectNode answer = Wire.object();
    answer.set("BackupDescription", backup.description(backup.status()));
    backup.pending().look();
    return answer;
  }

  private JsonNode delete(StubRequest request) {
    StoredBackup backup = existing(request);
    if (context.creating().fillsFrom(backup.arn())) {
      throw AwsError.of(
          "BackupInUseException", "Backup is being used to restore table: " + backup.arn());
    }
    if (backup.type() == StoredBackup.Type.SYSTEM) {
      throw AwsError.validation(
          "Invalid Request: User is not allowed to delete the system backup with arn "
              + backup.arn()
              + ". It will automatically expire on "
              + backup.expires().orElseThrow());
    }
    context.backups().remove(backup);
    ObjectNode answer = Wire.object();
    answer.set("BackupDescription", backup.description("DELETED"));
    return answer;
  }

  private JsonNode list(StubRequest request) {
    int limit =
        Shapes.number(request.integer("Limit").orElse(MOST_OF_A_PAGE), "Limit", 1, MOST_OF_A_PAGE);
    Filter filter =
        Shapes.constant(request.text("BackupType").orElse("USER"), "BackupType", Filter.values());
    Optional<Instant> from = request.time("TimeRangeLowerBound");
    Optional<Instant> to = request.time("TimeRangeUpperBound");
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw AwsError.validation(
          "One or more parameter values were invalid: Time range lower bound must be less than or"
              + " equal to upper bound");
    }
    Optional<String> table = request.text("TableName").map(StubContext::tableName);
    List<StoredBackup> found =
        context
            .backups()
            .of(request.region())
            .filter(backup -> table.isEmpty() || backup.table().name().equals(table.get()))
            .filter(backup -> filter == Filter.ALL || backup.type().name().equals(filter.name()))
            .filter(backup -> from.isEmpty() || !backup.created().isBefore(from.get()))
            .filter(backup -> to.isEmpty() || backup.created().isBefore(to.get()))
            .filter(backup -> isAfterCursor(backup, request))
            .toList();
    return page(found, context.pageSize(limit));
  }

  /** The cursor's backup need not be there any more: its place is told by its id. */
  private static boolean isAfterCursor(StoredBackup backup, StubRequest request) {
    Optional<String> cursor = request.text("ExclusiveStartBackupArn");
    if (cursor.isEmpty()) {
      return true;
    }
    BackupArn arn = BackupArn.parse(cursor.get());
    if (!arn.region().equals(request.region())) {
      throw AwsError.validation(
          "Invalid Request: The supplied ExclusiveStartBackupArn does not match the region");
    }
    return id(backup.arn()).compareTo(id(arn.text())) > 0;
  }

  /** Time and number: ids are in the order in which backups were made. */
  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static JsonNode page(List<StoredBackup> found, int size) {
    ObjectNode answer = Wire.object();
    ArrayNode summaries = answer.putArray("BackupSummaries");
    found.stream().limit(size).forEach(backup -> summaries.add(backup.summary()));
    if (found.size() > size) {
      answer.put("LastEvaluatedBackupArn", found.get(size - 1).arn());
    }
    return answer;
  }

  private JsonNode restore(StubRequest request) {
    String target = Shapes.name(request, "TargetTableName");
    BackupArn arn = BackupArn.parse(request.required("BackupArn"));
    context.restores().requireKeyAcrossRegions(request, arn.region());
    StoredBackup backup = context.backups().existing(arn);
    context.restores().requireFree(request, target);
    if (context.creating().fillsFrom(backup.arn())) {
      throw AwsError.of(
          "BackupInUseException", "Backup is being used to restore another table: " + backup.arn());
    }
    ObjectNode summary =
        Wire.object()
            .put("SourceBackupArn", backup.arn())
            .put("SourceTableArn", backup.table().tableArn())
            .put("RestoreDateTime", Wire.seconds(backup.created()));
    return context
        .restores()
        .start(request, target, backup.table(), new Restores.Source(backup.arn(), summary));
  }

  private StoredBackup existing(StubRequest request) {
    return context.backups().existing(BackupArn.parse(request.required("BackupArn")));
  }
}
