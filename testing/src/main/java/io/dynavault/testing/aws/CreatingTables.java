// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables that AWS is filling, by a restore or an import. They are there already, but the service
 * shows them as CREATING and refuses nearly everything else as if they were not.
 */
final class CreatingTables implements ServiceArea {
  private static final List<String> NOT_FOUND =
      List.of(
          "UpdateTable",
          "UpdateTimeToLive",
          "DescribeTimeToLive",
          "TagResource",
          "UntagResource",
          "ListTagsOfResource",
          "GetResourcePolicy",
          "PutResourcePolicy");
  private static final List<String> TABLE_NOT_FOUND =
      List.of("CreateBackup", "DescribeContinuousBackups", "UpdateContinuousBackups");

  /**
   * One of them.
   *
   * @param summary what DescribeTable shows beside the table: {@code RestoreSummary}, or nothing
   * @param source what it is filled from, such as a backup's ARN
   */
  record Creating(Pending pending, ObjectNode summary, String source) {
    Creating {
      requireNonNull(pending, "pending is null");
      requireNonNull(summary, "summary is null");
      requireNonNull(source, "source is null");
    }
  }

  private final StubTables tables;
  private final Map<String, Creating> creating = new HashMap<>();

  CreatingTables(StubTables tables) {
    this.tables = requireNonNull(tables, "tables is null");
  }

  @Override
  public void register(Operations operations) {
    operations.dynamoDb("DescribeTable", this::concerns, this::describe);
    operations.dynamoDb(
        "DeleteTable",
        this::concerns,
        request -> {
          throw inUse(
              "Attempt to change a resource which is still in use: Table is being created: ",
              request);
        });
    operations.dynamoDb(
        "CreateTable",
        this::concerns,
        request -> {
          throw inUse("Table already exists: ", request);
        });
    for (String operation : NOT_FOUND) {
      operations.dynamoDb(
          operation,
          this::concerns,
          request -> {
            throw AwsError.of(
                "ResourceNotFoundException",
                "Requested resource not found: Table: " + name(request) + " not found");
          });
    }
    for (String operation : TABLE_NOT_FOUND) {
      operations.dynamoDb(
          operation,
          this::concerns,
          request -> {
            throw AwsError.of("TableNotFoundException", "Table not found: " + name(request));
          });
    }
  }

  /** Shows a table that has just been made as CREATING, until its work is done. */
  void begin(String table, Creating work) {
    creating.put(table, work);
  }

  /** A table that is still being filled. */
  Optional<Creating> find(String table) {
    return Optional.ofNullable(creating.get(table)).filter(work -> !work.pending().done());
  }

  /** Whether something is still being filled from this source. */
  boolean fillsFrom(String source) {
    return creating.values().stream()
        .anyMatch(work -> work.source().equals(source) && !work.pending().done());
  }

  /** How many tables are being filled. */
  long count() {
    return creating.values().stream().filter(work -> !work.pending().done()).count();
  }

  /** A table's description while it is being filled. */
  ObjectNode description(HttpCall caller, String table, Creating work) {
    ObjectNode description =
        tables
            .describe(caller, table)
            .orElseThrow(() -> new IllegalStateException("table '" + table + "' is gone"));
    description.put("TableStatus", "CREATING").put("ItemCount", 0).put("TableSizeBytes", 0);
    for (JsonNode index : description.path("GlobalSecondaryIndexes")) {
      ((ObjectNode) index).remove("IndexStatus");
    }
    description.setAll(work.summary());
    return description;
  }

  private boolean concerns(StubRequest request) {
    return find(name(request)).isPresent();
  }

  private JsonNode describe(StubRequest request) {
    String name = name(request);
    Creating work = find(name).orElseThrow();
    ObjectNode answer = Wire.object();
    answer.set("Table", description(request.call(), name, work));
    work.pending().look();
    return answer;
  }

  private static AwsError inUse(String text, StubRequest request) {
    return AwsError.of("ResourceInUseException", text + name(request));
  }

  private static String name(StubRequest request) {
    return StubContext.tableName(
        request.text("TableName").or(() -> request.text("ResourceArn")).orElse(""));
  }
}
