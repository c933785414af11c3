// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import static io.dynavault.local.demo.AttributeJson.quoted;
import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Events of customers, generated from a seed, with every attribute type at several depths, a global
 * and a local index, expiry and tags. A few customers have most of the events, as in life. No item
 * expires while anybody looks: expiry times lie after the year 2100.
 */
public final class GeneratedTable implements DemoTable {
  /** Attribute that holds the time of expiry. */
  public static final String EXPIRY_ATTRIBUTE = "expires";

  private final String name;
  private final int size;
  private final long seed;

  public GeneratedTable(String name, int size, long seed) {
    this.name = requireNonNull(name, "name is null");
    this.size = size;
    this.seed = seed;
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
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
       {"AttributeName":"customer","AttributeType":"S"},
       {"AttributeName":"event","AttributeType":"S"},
       {"AttributeName":"day","AttributeType":"S"},
       {"AttributeName":"amount","AttributeType":"N"}],
     "KeySchema":[
       {"AttributeName":"customer","KeyType":"HASH"},
       {"AttributeName":"event","KeyType":"RANGE"}],
     "LocalSecondaryIndexes":[
       {"IndexName":"by-amount",
        "KeySchema":[
          {"AttributeName":"customer","KeyType":"HASH"},
          {"AttributeName":"amount","KeyType":"RANGE"}],
        "Projection":{"ProjectionType":"KEYS_ONLY"}}],
     "GlobalSecondaryIndexes":[
       {"IndexName":"by-day",
        "KeySchema":[
          {"AttributeName":"day","KeyType":"HASH"},
          {"AttributeName":"amount","KeyType":"RANGE"}],
        "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["status","vip"]}}],
     "BillingMode":"PAY_PER_REQUEST",
     "Tags":[
       {"Key":"team","Value":"demo"},
       {"Key":"purpose","Value":"every attribute type"}]}\
    """
        .formatted(quoted(name));
  }

  @Override
  public Optional<String> updateTimeToLiveRequest() {
    return Optional.of(
        """
        {"TableName":%s,
         "TimeToLiveSpecification":{"Enabled":true,"AttributeName":"%s"}}\
        """
            .formatted(quoted(name), EXPIRY_ATTRIBUTE));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Stream<String> items() {
    return IntStream.range(0, size).mapToObj(this::item);
  }

  /** One item of the table, by its number from 0. */
  public String item(int index) {
    return new GeneratedItem(seed, index, size).json();
  }
}
