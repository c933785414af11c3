// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Point-in-time recovery (API reference, "UpdateContinuousBackups" and its neighbours). The stub
 * keeps no history of writes: a restore to a time gives the last snapshot that the test took before
 * it, or else the table as it is.
 */
final class PitrArea implements ServiceArea {
  /** How long after its deletion DynamoDB shows the backup of a table. */
  private static final Duration DELETED_BACKUP_APPEARS_AFTER = Duration.ofSeconds(7);

  private final StubContext context;
  private final Map<String, RecoveryWindow> windows = new HashMap<>();
  private final Map<String, NavigableMap<Instant, TableSnapshot>> snapshots = new HashMap<>();

  PitrArea(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public void register(Operations operations) {
    operations.dynamoDb("DescribeContinuousBackups", this::describe);
    operations.dynamoDb("UpdateContinuousBackups", this::update);
    operations.dynamoDb("RestoreTableToPointInTime", this::restore);
    operations.dynamoDb(
        "DeleteTable", request -> windows.containsKey(name(request)), this::deleteTable);
  }

  /** Remembers a table as it is as what it was at this time. */
  void keep(Instant time, TableSnapshot table) {
    snapshots.computeIfAbsent(table.name(), name -> new TreeMap<>()).put(time, table);
  }

  /** Whether a table's point-in-time recovery is on, for exports need it too. */
  Optional<RecoveryWindow> window(String table) {
    return Optional.ofNullable(windows.get(table));
  }

  /** A table as it was: the last snapshot at or before this time, else as it is. */
  TableSnapshot at(HttpCall caller, String table, Instant time) {
    Map.Entry<Instant, TableSnapshot> kept =
        snapshots.getOrDefault(table, new TreeMap<>()).floorEntry(time);
    return kept == null ? now(caller, table) : kept.getValue();
  }

  private TableSnapshot now(HttpCall caller, String table) {
    return TableSnapshot.take(context.tables(), caller, table)
        .orElseThrow(() -> tableNotFound(table));
  }

  private JsonNode describe(StubRequest request) {
    return answer(existing(request));
  }

  private JsonNode update(StubRequest request) {
    JsonNode wanted = request.members().path("PointInTimeRecoverySpecification");
    boolean enabled = wanted.path("PointInTimeRecoveryEnabled").asBoolean();
    Optional<Integer> days =
        wanted.hasNonNull("RecoveryPeriodInDays")
            ? Optional.of(
                Shapes.number(
                    wanted.get("RecoveryPeriodInDays").intValue(),
                    "pointInTimeRecoverySpecification.recoveryPeriodInDays",
                    1,
                    RecoveryWindow.MOST_DAYS))
            : Optional.empty();
    if (!enabled && days.isPresent()) {
      throw AwsError.validation(
          "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time"
              + " recovery.");
    }
    String table = existing(request);
    if (!enabled) {
      windows.remove(table);
      return answer(table);
    }
    Instant now = context.clock().instant();
    RecoveryWindow window = windows.computeIfAbsent(table, name -> RecoveryWindow.enabledAt(now));
    days.ifPresent(period -> windows.put(table, window.withDays(period, now)));
    return answer(table);
  }

  private JsonNode answer(String table) {
    ObjectNode answer = Wire.object();
    ObjectNode backups = answer.putObject("ContinuousBackupsDescription");
    backups.put("ContinuousBackupsStatus", "ENABLED");
    ObjectNode pitr = backups.putObject("PointInTimeRecoveryDescription");
    Optional<RecoveryWindow> window = window(table);
    if (window.isEmpty()) {
      pitr.put("PointInTimeRecoveryStatus", "DISABLED");
      return answer;
    }
    Instant now = context.clock().instant();
    pitr.put("PointInTimeRecoveryStatus", "ENABLED");
    pitr.put("RecoveryPeriodInDays", window.get().days());
    pitr.put("EarliestRestorableDateTime", window.get().earliest(now).getEpochSecond());
    pitr.put("LatestRestorableDateTime", window.get().latest(now).getEpochSecond());
    return answer;
  }

  private JsonNode restore(StubRequest request) {
    String target = Shapes.name(request, "TargetTableName");
    SourceTable source = SourceTable.of(request);
    boolean latest = request.members().path("UseLatestRestorableTime").asBoolean();
    requireOneTime(request, latest);
    context.restores().requireKeyAcrossRegions(request, source.region());
    TableSnapshot now = now(request.call(), source.name());
    RecoveryWindow window =
        window(source.name())
            .orElseThrow(
                () ->
                    AwsError.of(
                        "PointInTimeRecoveryUnavailableException",
                        "Point in time recovery is not enabled for table '" + source.name() + "'"));
    Instant time =
        latest
            ? window.latest(context.clock().instant())
            : window.checked(
                request.time("RestoreDateTime").orElseThrow(), context.clock().instant());
    context.restores().requireFree(request, target);
    ObjectNode summary =
        Wire.object()
            .put("SourceTableArn", StubContext.tableArn(source.region(), source.name()))
            .put("RestoreDateTime", Wire.seconds(time));
    TableSnapshot content = latest ? now : at(request.call(), source.name(), time);
    return context
        .restores()
        .start(request, target, content, new Restores.Source(now.tableArn(), summary));
  }

  private static void requireOneTime(StubRequest request, boolean latest) {
    if (latest && request.has("RestoreDateTime")) {
      throw AwsError.validation(
          "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for"
              + " point-in-time restore request. Please use only one of them");
    }
    if (!latest && !request.has("RestoreDateTime")) {
      throw AwsError.validation(
          "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be"
              + " specified, but not both");
    }
  }

  /** DynamoDB keeps a backup of a table that had point-in-time recovery, and forgets its past. */
  private JsonNode deleteTable(StubRequest request) {
    String table = name(request);
    TableSnapshot last = now(request.call(), table);
    ObjectNode answer = Wire.object();
    answer.set("TableDescription", context.tables().delete(request.call(), table));
    context
        .backups()
        .addOfDeleted(last, context.clock().instant().plus(DELETED_BACKUP_APPEARS_AFTER));
    windows.remove(table);
    snapshots.remove(table);
    return answer;
  }

  private String existing(StubRequest request) {
    String table = name(request);
    if (context.tables().describe(request.call(), table).isEmpty()) {
      throw tableNotFound(table);
    }
    return table;
  }

  private static String name(StubRequest request) {
    return StubContext.tableName(request.required("TableName"));
  }

  private static AwsError tableNotFound(String table) {
    return AwsError.of("TableNotFoundException", "Table not found: " + table);
  }
}
