// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.AwsBackupState.Point;
import java.util.List;

/** Tables as AWS Backup makes them of recovery points: without stream, TTL, tags and the like. */
final class AwsBackupTables {
  private AwsBackupTables() {}

  /** The members of CreateTable for the table of a recovery point under another name. */
  static ObjectNode definition(Point point, String name) {
    ObjectNode table = point.table();
    ObjectNode definition = Wire.object().put("TableName", name);
    definition.set("KeySchema", table.path("KeySchema"));
    definition.set("AttributeDefinitions", table.path("AttributeDefinitions"));
    boolean onDemand =
        table.path("BillingModeSummary").path("BillingMode").asText().equals("PAY_PER_REQUEST");
    definition.put("BillingMode", onDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
    if (!onDemand) {
      definition.set("ProvisionedThroughput", units(table));
    }
    for (String kind : List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes")) {
      if (table.path(kind).isArray()) {
        ArrayNode indexes = definition.putArray(kind);
        for (JsonNode index : table.path(kind)) {
          ObjectNode copy = indexes.addObject();
          copy.set("IndexName", index.path("IndexName"));
          copy.set("KeySchema", index.path("KeySchema"));
          copy.set("Projection", index.path("Projection"));
          if (!onDemand && kind.startsWith("Global")) {
            copy.set("ProvisionedThroughput", units(index));
          }
        }
      }
    }
    return definition;
  }

  private static ObjectNode units(JsonNode of) {
    ObjectNode units = Wire.object();
    JsonNode throughput = of.path("ProvisionedThroughput");
    units.set("ReadCapacityUnits", throughput.path("ReadCapacityUnits"));
    units.set("WriteCapacityUnits", throughput.path("WriteCapacityUnits"));
    return units;
  }
}
