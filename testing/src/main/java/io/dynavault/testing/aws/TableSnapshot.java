// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A table at one time.
 *
 * @param description what DescribeTable said
 * @param timeToLive what DescribeTimeToLive said
 */
record TableSnapshot(
    String name,
    String region,
    ObjectNode description,
    ObjectNode timeToLive,
    List<JsonNode> items) {
  TableSnapshot {
    requireNonNull(name, "name is null");
    requireNonNull(region, "region is null");
    requireNonNull(description, "description is null");
    requireNonNull(timeToLive, "timeToLive is null");
    items = List.copyOf(items);
  }

  /** Reads a table; empty if there is none. */
  static Optional<TableSnapshot> take(StubTables tables, HttpCall caller, String table) {
    return tables
        .describe(caller, table)
        .map(
            description ->
                new TableSnapshot(
                    table,
                    caller.region(),
                    description,
                    tables.timeToLive(caller, table),
                    tables.items(caller, table)));
  }

  /** The ARN in the region where it was read, whatever a DynamoDB for tests says. */
  String tableArn() {
    return StubContext.tableArn(region, name);
  }

  /** Whether its capacity is on demand. */
  boolean onDemand() {
    String mode = description.path("BillingModeSummary").path("BillingMode").asText();
    return mode.isEmpty()
        ? description.path("ProvisionedThroughput").path("ReadCapacityUnits").asLong() == 0
        : mode.equals("PAY_PER_REQUEST");
  }

  /** What DescribeBackup tells of the table itself. */
  ObjectNode sourceDetails() {
    ObjectNode details = Wire.object().put("TableName", name);
    details.set("TableId", description.path("TableId"));
    details.put(
        "TableArn", description.path("TableArn").asText(tableArn())); // as DescribeTable says
    details.put("TableSizeBytes", description.path("TableSizeBytes").asLong());
    details.set("KeySchema", description.path("KeySchema"));
    details.set("TableCreationDateTime", description.path("CreationDateTime"));
    details.set("ProvisionedThroughput", units(description));
    if (description.hasNonNull("OnDemandThroughput")) {
      details.set("OnDemandThroughput", description.get("OnDemandThroughput"));
    }
    details.put("ItemCount", description.path("ItemCount").asLong());
    return details.put("BillingMode", onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
  }

  /** What DescribeBackup tells of its indexes, stream, time to live and encryption. */
  ObjectNode featureDetails() {
    ObjectNode features = Wire.object();
    copyIndexes("LocalSecondaryIndexes", features);
    copyIndexes("GlobalSecondaryIndexes", features);
    if (description.path("StreamSpecification").path("StreamEnabled").asBoolean()) {
      features.set("StreamDescription", description.get("StreamSpecification"));
    }
    if (timeToLive.path("TimeToLiveStatus").asText().equals("ENABLED")) {
      features.set("TimeToLiveDescription", timeToLive);
    }
    if (description.hasNonNull("SSEDescription")) {
      features.set("SSEDescription", description.get("SSEDescription"));
    }
    return features;
  }

  private void copyIndexes(String kind, ObjectNode features) {
    if (description.path(kind).isEmpty()) {
      return;
    }
    ArrayNode copies = features.putArray(kind);
    for (JsonNode index : description.path(kind)) {
      ObjectNode copy = copies.addObject();
      copy.set("IndexName", index.path("IndexName"));
      copy.set("KeySchema", index.path("KeySchema"));
      copy.set("Projection", index.path("Projection"));
      if (kind.startsWith("Global")) {
        copy.set("ProvisionedThroughput", units(index));
        if (index.hasNonNull("OnDemandThroughput")) {
          copy.set("OnDemandThroughput", index.get("OnDemandThroughput"));
        }
      }
    }
  }

  /** The capacity of a table or an index without its history; 0/0 on demand. */
  private ObjectNode units(JsonNode owner) {
    JsonNode throughput = owner.path("ProvisionedThroughput");
    return Wire.object()
        .put("ReadCapacityUnits", onDemand() ? 0 : throughput.path("ReadCapacityUnits").asLong())
        .put("WriteCapacityUnits", onDemand() ? 0 : throughput.path("WriteCapacityUnits").asLong());
  }
}
