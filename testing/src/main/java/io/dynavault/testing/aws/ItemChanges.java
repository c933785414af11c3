// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What differs between two states of a table, as an incremental export tells it. */
record ItemChanges(TableSnapshot before, TableSnapshot after, ExportSpan.Window window) {

  List<ItemChange> list() {
    Map<JsonNode, JsonNode> old = byKey(before);
    Map<JsonNode, JsonNode> current = byKey(after);
    List<ItemChange> changes = new ArrayList<>();
    current.forEach(
        (key, item) -> {
          if (!item.equals(old.get(key))) {
            changes.add(change(key, Optional.ofNullable(old.get(key)), Optional.of(item)));
          }
        });
    old.forEach(
        (key, item) -> {
          if (!current.containsKey(key)) {
            changes.add(change(key, Optional.of(item), Optional.empty()));
          }
        });
    return changes;
  }

  private ItemChange change(JsonNode key, Optional<JsonNode> old, Optional<JsonNode> current) {
    boolean withOld = window.view() == ExportView.NEW_AND_OLD_IMAGES;
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, window.to()) - 1;
    return new ItemChange(
        item(key),
        withOld ? old.map(ItemChanges::item) : Optional.empty(),
        current.map(ItemChanges::item),
        OptionalLong.of(micros));
  }

  private static Item item(JsonNode json) {
    return DynamoDbJson.decode(Wire.bytes(json));
  }

  private static Map<JsonNode, JsonNode> byKey(TableSnapshot table) {
    Map<JsonNode, JsonNode> items = new LinkedHashMap<>();
    for (JsonNode item : table.items()) {
      ObjectNode key = Wire.object();
      for (JsonNode element : table.description().path("KeySchema")) {
        String name = element.path("AttributeName").asText();
        key.set(name, item.path(name));
      }
      items.put(key, item);
    }
    return items;
  }
}
