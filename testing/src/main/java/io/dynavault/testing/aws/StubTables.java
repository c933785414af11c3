// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The tables that the stub's backups are made of and restored into. */
public interface StubTables {
  /** What DescribeTable answers of a table ({@code Table}); empty if there is none. */
  Optional<ObjectNode> describe(HttpCall caller, String table);

  /** What DescribeTimeToLive answers of a table ({@code TimeToLiveDescription}). */
  ObjectNode timeToLive(HttpCall caller, String table);

  /** All items of a table, as DynamoDB JSON. */
  List<JsonNode> items(HttpCall caller, String table);

  /**
   * Makes a table.
   *
   * @param definition the members of CreateTable
   */
  void create(HttpCall caller, ObjectNode definition, List<JsonNode> items);

  /** Deletes a table and gives back what DeleteTable answers ({@code TableDescription}). */
  ObjectNode delete(HttpCall caller, String table);
}
