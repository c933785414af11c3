// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The eight orders of an online shop that AWS uses in its own examples of backups. */
public final class OrdersTable implements DemoTable {
  private static final String RESOURCE = "order_data.csv";
  private static final Set<String> NUMBERS = Set.of("amount");

  private final String name;
  private final List<String> items;

  public OrdersTable(String name) {
    this.name = requireNonNull(name, "name is null");
    this.items = readItems();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String createTableRequest() {
    return """
    {"TableName":%s,
     "AttributeDefinitions":[
       {"AttributeName":"order_id","AttributeType":"S"},
       {"AttributeName":"item_id","AttributeType":"S"}],
     "KeySchema":[
       {"AttributeName":"order_id","KeyType":"HASH"},
       {"AttributeName":"item_id","KeyType":"RANGE"}],
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

  private static List<String> readItems() {
    InputStream resource =
        requireNonNull(OrdersTable.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      String[] header = lines.readLine().split(",", -1);
      return lines.lines().map(line -> item(header, line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file has quotes around some fields but neither quotes nor commas inside any. */
  private static String item(String[] header, String[] fields) {
    if (fields.length != header.length) {
      throw new IllegalStateException("not as many fields as names: " + Arrays.toString(fields));
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < header.length; i++) {
      String field = fields[i].replace("\"", "");
      attributes.put(
          header[i],
          NUMBERS.contains(header[i]) ? AttributeJson.number(field) : AttributeJson.string(field));
    }
    return AttributeJson.item(attributes);
  }
}
