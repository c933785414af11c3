// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import io.dynavault.local.demo.AttributeJson;
import io.dynavault.local.demo.DemoTable;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table that is quickly made, and has a setting that a restore has to put back.
 *
 * @param size number of items
 */
public record SmallTable(String name, int size) implements DemoTable {
  @Override
  public String createTableRequest() {
    return """
    {"TableName":"%s",
     "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
     "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
     "BillingMode":"PAY_PER_REQUEST"}\
    """
        .formatted(name);
  }

  @Override
  public Optional<String> updateTimeToLiveRequest() {
    return Optional.of(
        """
        {"TableName":"%s","TimeToLiveSpecification":{"AttributeName":"end","Enabled":true}}\
        """
            .formatted(name));
  }

  @Override
  public Stream<String> items() {
    Random random = new Random(size);
    return IntStream.range(0, size).mapToObj(number -> item(number, random));
  }

  private static String item(int number, Random random) {
    byte[] bytes = new byte[random.nextInt(600)];
    random.nextBytes(bytes);
    return AttributeJson.item(
        new TreeMap<>(
            Map.of(
                "id", AttributeJson.string("item " + number),
                "bytes", AttributeJson.binary(bytes),
                "number", AttributeJson.number(number + ".50"))));
  }
}
