// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * The definition of a restored table: the source's keys, indexes, capacity and encryption with the
 * request's overrides, and none of its other settings.
 */
final class RestoredDefinition {
  private final TableSnapshot source;
  private final StubRequest request;
  private final JsonNode overrides;
  private final boolean onDemand;

  RestoredDefinition(TableSnapshot source, StubRequest request) {
    this.source = requireNonNull(source, "source is null");
    this.request = requireNonNull(request, "request is null");
    this.overrides = request.members();
    this.onDemand =
        request
            .text("BillingModeOverride")
            .map("PAY_PER_REQUEST"::equals)
            .orElse(source.onDemand());
  }

  /**
   * The members of CreateTable.
   *
   * @throws AwsError ValidationException if the overrides do not fit the source
   */
  ObjectNode createTable(String target) {
    requireFittingCapacity();
    ObjectNode table = Wire.object().put("TableName", target);
    table.set("KeySchema", source.description().path("KeySchema"));
    table.put("BillingMode", onDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
    if (!onDemand) {
      table.set(
          "ProvisionedThroughput",
          request.has("ProvisionedThroughputOverride")
              ? overrides.get("ProvisionedThroughputOverride")
              : source.sourceDetails().get("ProvisionedThroughput"));
    }
    if (request.has("OnDemandThroughputOverride")) {
      table.set("OnDemandThroughput", overrides.get("OnDemandThroughputOverride"));
    } else if (onDemand && source.description().hasNonNull("OnDemandThroughput")) {
      table.set("OnDemandThroughput", source.description().get("OnDemandThroughput"));
    }
    indexes("LocalSecondaryIndexes", "LocalSecondaryIndexOverride", table);
    indexes("GlobalSecondaryIndexes", "GlobalSecondaryIndexOverride", table);
    encryption(table);
    attributes(table);
    return table;
  }

  private void requireFittingCapacity() {
    String mode = request.text("BillingModeOverride").orElse("");
    boolean throughput = request.has("ProvisionedThroughputOverride");
    if (throughput && mode.equals("PAY_PER_REQUEST")) {
      throw invalid(
          "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST");
    }
    if (throughput && onDemand) {
      throw invalid("Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED");
    }
    if (!throughput && mode.equals("PROVISIONED")) {
      throw invalid(
          "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
    }
    if (!request.has("OnDemandThroughputOverride")) {
      return;
    }
    if (!onDemand) {
      throw invalid(
          "Cannot override MaxReadRequestUnits for OnDemandThroughput unless BillingModeOverride is"
              + " PAY_PER_REQUEST");
    }
    JsonNode most = overrides.path("OnDemandThroughputOverride");
    if (most.path("MaxReadRequestUnits").asLong(1) == 0) {
      throw invalid(
          "Requested MaxReadRequestUnits for OnDemandThroughput is outside of valid range");
    }
  }

  /** Without an override all indexes, with one those that it names, as they were. */
  private void indexes(String kind, String override, ObjectNode table) {
    JsonNode existing = source.featureDetails().path(kind);
    JsonNode wanted = request.has(override) ? overrides.get(override) : existing;
    if (wanted.isEmpty()) {
      return;
    }
    ArrayNode indexes = table.putArray(kind);
    for (JsonNode index : wanted) {
      requireSource(index, existing);
      ObjectNode copy = indexes.addObject();
      copy.set("IndexName", index.path("IndexName"));
      copy.set("KeySchema", index.path("KeySchema"));
      copy.set("Projection", index.path("Projection"));
      if (kind.startsWith("Global")) {
        capacity(index, request.has(override), copy);
      }
    }
  }

  private void capacity(JsonNode index, boolean overridden, ObjectNode copy) {
    String name = index.path("IndexName").asText();
    boolean given = index.hasNonNull("ProvisionedThroughput");
    if (onDemand && overridden && given) {
      throw invalid(
          "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST"
              + " for index "
              + name);
    }
    if (onDemand) {
      return;
    }
    JsonNode throughput = index.path("ProvisionedThroughput");
    if (!given || throughput.path("ReadCapacityUnits").asLong() == 0) {
      throw invalid("Must specify provisioned throughput for index " + name);
    }
    copy.set("ProvisionedThroughput", throughput);
  }

  /** An index may get another name; keys and projection are those of one of the source's. */
  private static void requireSource(JsonNode index, JsonNode existing) {
    for (JsonNode candidate : existing) {
      if (candidate.path("KeySchema").equals(index.path("KeySchema"))
          && candidate.path("Projection").equals(index.path("Projection"))) {
        return;
      }
    }
    throw invalid(
        "Index "
            + index.path("IndexName").asText()
            + " does not match a secondary index that existed in the source table and cannot be"
            + " created during the restore operation");
  }

  private void encryption(ObjectNode table) {
    if (request.has("SSESpecificationOverride")) {
      table.set("SSESpecification", overrides.get("SSESpecificationOverride"));
      return;
    }
    JsonNode sse = source.description().path("SSEDescription");
    if (sse.path("SSEType").asText().equals("KMS")) {
      ObjectNode same = table.putObject("SSESpecification").put("Enabled", true);
      same.put("SSEType", "KMS").set("KMSMasterKeyId", sse.path("KMSMasterKeyArn"));
    }
  }

  /** CreateTable takes the attributes of keys that there are, and no others. */
  private void attributes(ObjectNode table) {
    Set<String> used = new HashSet<>();
    addKeys(table.path("KeySchema"), used);
    table.path("LocalSecondaryIndexes").forEach(index -> addKeys(index.path("KeySchema"), used));
    table.path("GlobalSecondaryIndexes").forEach(index -> addKeys(index.path("KeySchema"), used));
    ArrayNode attributes = table.putArray("AttributeDefinitions");
    for (JsonNode attribute : source.description().path("AttributeDefinitions")) {
      if (used.contains(attribute.path("AttributeName").asText())) {
        attributes.add(attribute);
      }
    }
  }

  private static void addKeys(JsonNode keys, Set<String> names) {
    keys.forEach(key -> names.add(key.path("AttributeName").asText()));
  }

  private static AwsError invalid(String reason) {
    return AwsError.validation("Invalid Request: " + reason);
  }
}
