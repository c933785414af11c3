// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.DynamoDbJsonClient;
import io.dynavault.testing.table.RefusedRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of varied items, filtered by the server's Scan and by {@link FilterExpression}. A
 * filter's outcome is the partition keys of the items it chooses, or empty if it is refused.
 */
final class FilteredTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACEHOLDER = Pattern.compile("[#:][A-Za-z0-9_]+");

  private final DynamoDbJsonClient server =
      new DynamoDbJsonClient(TestingServers.dynamoDb().endpoint());
  private final String name = TestingServers.newTableName("filtered");
  private final List<String> items = resource("filter-items.jsonl").lines().toList();
  private final JsonNode placeholders;

  FilteredTable() throws IOException {
    placeholders = JSON.readTree(resource("filter-placeholders.json"));
    server.call(
        "CreateTable",
        """
        {"TableName":"%s","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}
        """
            .formatted(name));
    for (String item : items) {
      server.call("PutItem", "{\"TableName\":\"" + name + "\",\"Item\":" + item + "}");
    }
  }

  void drop() {
    server.call("DeleteTable", "{\"TableName\":\"" + name + "\"}");
  }

  int size() {
    return items.size();
  }

  List<String> valuePlaceholders() {
    Iterable<String> names = () -> placeholders.path("values").fieldNames();
    return java.util.stream.StreamSupport.stream(names.spliterator(), false).toList();
  }

  /** What the server's Scan makes of the expression, given the placeholders that it uses. */
  Optional<Set<String>> byServer(String expression) {
    ObjectNode request = JSON.createObjectNode();
    request.put("TableName", name).put("FilterExpression", expression);
    used("names", expression).ifPresent(n -> request.set("ExpressionAttributeNames", n));
    used("values", expression).ifPresent(v -> request.set("ExpressionAttributeValues", v));
    JsonNode answer;
    try {
      answer = server.call("Scan", request.toString());
    } catch (RefusedRequestException e) {
      if (e.status() != 400) {
        throw e;
      }
      return Optional.empty();
    }
    Set<String> chosen = new TreeSet<>();
    answer.path("Items").forEach(item -> chosen.add(item.path("pk").path("S").textValue()));
    return Optional.of(chosen);
  }

  /** What {@link FilterExpression} makes of the same. */
  Optional<Set<String>> byUs(String expression) {
    FilterExpression filter;
    try {
      filter =
          FilterExpression.parse(
              expression,
              used("names", expression)
                  .map(names -> ExpressionNames.parse(names.toString()))
                  .orElse(ExpressionNames.none()),
              used("values", expression)
                  .map(values -> ExpressionValues.parse(values.toString()))
                  .orElse(ExpressionValues.none()));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.FILTER_INVALID) {
        throw e;
      }
      return Optional.empty();
    }
    Set<String> chosen = new TreeSet<>();
    for (String json : items) {
      Item item = DynamoDbJson.decode(json.getBytes(UTF_8));
      if (filter.matches(item)) {
        chosen.add(((Value.S) item.attribute("pk").orElseThrow()).value());
      }
    }
    return Optional.of(chosen);
  }

  private Optional<ObjectNode> used(String kind, String expression) {
    ObjectNode used = JSON.createObjectNode();
    Matcher matcher = PLACEHOLDER.matcher(expression);
    while (matcher.find()) {
      JsonNode meaning = placeholders.path(kind).get(matcher.group());
      if (meaning != null) {
        used.set(matcher.group(), meaning);
      }
    }
    return used.isEmpty() ? Optional.empty() : Optional.of(used);
  }

  static String resource(String name) {
    try (InputStream in = FilteredTable.class.getResourceAsStream(name)) {
      return new String(requireNonNull(in, name + " is missing").readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
