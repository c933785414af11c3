// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.poison;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.local.demo.AttributeJson;
import io.dynavault.local.demo.DemoTable;
import java.util.List;
import java.util.stream.Stream;

/** A table of legal poison items that share a key schema. */
public record PoisonTable(String name, KeySchema keySchema, List<PoisonItem> poison)
    implements DemoTable {
  public PoisonTable {
    requireNonNull(name, "name is null");
    requireNonNull(keySchema, "keySchema is null");
    poison = List.copyOf(poison);
  }

  @Override
  public String createTableRequest() {
    StringBuilder definitions = new StringBuilder();
    StringBuilder schema = new StringBuilder();
    List<KeyAttribute> keys =
        Stream.concat(Stream.of(keySchema.partitionKey()), keySchema.sortKey().stream()).toList();
    for (KeyAttribute key : keys) {
      String separator = schema.isEmpty() ? "" : ",";
      definitions.append(
          "%s{\"AttributeName\":\"%s\",\"AttributeType\":\"%s\"}"
              .formatted(separator, key.name(), key.type()));
      schema.append(
          "%s{\"AttributeName\":\"%s\",\"KeyType\":\"%s\"}"
              .formatted(separator, key.name(), separator.isEmpty() ? "HASH" : "RANGE"));
    }
    return "{\"TableName\":%s,\"AttributeDefinitions\":[%s],\"KeySchema\":[%s],\"BillingMode\":\"PAY_PER_REQUEST\"}"
        .formatted(AttributeJson.quoted(name), definitions, schema);
  }

  @Override
  public int size() {
    return poison.size();
  }

  @Override
  public Stream<String> items() {
    return poison.stream().map(PoisonItem::json);
  }
}
