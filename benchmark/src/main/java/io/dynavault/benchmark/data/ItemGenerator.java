// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.data;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.SplittableRandom;

/** Makes items as DynamoDB sends them; the same number gives the same item, always. */
public final class ItemGenerator {
  private static final long SEED = 20_261_121;
  private static final String[] WORDS =
      ("order customer delivery Straße payment invoice refund blue large cotton shipped pending"
              + " München express warehouse returned naïve café subscription monthly annual trial"
              + " account balance credit warranty serial device firmware sensor reading station")
          .split(" ");
  private static final String[] STATES = {"PENDING", "PAID", "SHIPPED", "DELIVERED", "RETURNED"};
  private static final String[] CITIES = {"Berlin", "Köln", "Paris", "Łódź", "Austin", "São Paulo"};

  private final Shape shape;

  public ItemGenerator(Shape shape) {
    this.shape = shape;
  }

  /** The JSON of an item; its partition key is {@code pk}, a string. */
  public byte[] item(int number) {
    SplittableRandom random = new SplittableRandom(SEED * 31 + number * 1_000_003L);
    StringBuilder json = new StringBuilder(1024);
    json.append("{\"pk\":{\"S\":\"").append(shape.label()).append('#').append(number).append("\"}");
    switch (shape) {
      case MIXED -> mixed(json, number, random);
      case WIDE -> wide(json, random);
      case BINARY -> binary(json, random, 1024);
      case TINY -> json.append(",\"n\":{\"N\":\"").append(random.nextInt(1_000_000)).append("\"}");
      case TEXT -> json.append(",\"body\":{\"S\":\"").append(words(random, 450)).append("\"}");
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The JSON of an item's key. */
  public byte[] key(int number) {
    return "{\"pk\":{\"S\":\"%s#%d\"}}"
        .formatted(shape.label(), number)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void mixed(StringBuilder json, int number, SplittableRandom random) {
    text(json, "customerId", hex(random));
    text(json, "createdAt", Instant.ofEpochSecond(1_700_000_000L + number * 37L).toString());
    text(json, "status", STATES[random.nextInt(STATES.length)]);
    text(json, "note", words(random, 8) + " \\\"" + words(random, 2) + "\\\"\\n");
    number(json, "total", random.nextInt(1, 500_000) / 100.0);
    number(json, "version", random.nextInt(1, 9));
    json.append(",\"address\":{\"M\":{\"street\":{\"S\":\"").append(words(random, 2));
    json.append("\"},\"city\":{\"S\":\"").append(CITIES[random.nextInt(CITIES.length)]);
    json.append("\"},\"zip\":{\"S\":\"").append(10_000 + random.nextInt(89_999)).append("\"}}}");
    json.append(",\"lines\":{\"L\":[");
    for (int i = 0; i < 2; i++) {
      json.append(i == 0 ? "" : ",").append("{\"M\":{\"sku\":{\"S\":\"SKU-");
      json.append(random.nextInt(100_000)).append("\"},\"quantity\":{\"N\":\"");
      json.append(random.nextInt(1, 12)).append("\"},\"price\":{\"N\":\"");
      json.append(random.nextInt(1, 90_000) / 100.0).append("\"}}}");
    }
    json.append("]}");
    json.append(",\"tags\":{\"SS\":[\"").append(WORDS[random.nextInt(WORDS.length / 2)]);
    json.append("\",\"z-").append(random.nextInt(40)).append("\"]}");
    json.append(",\"scores\":{\"NS\":[\"").append(random.nextInt(100)).append("\",\"");
    json.append(100 + random.nextInt(100)).append("\"]}");
    binary(json, random, 24);
    json.append(",\"gift\":{\"BOOL\":").append(random.nextInt(10) == 0).append('}');
    json.append(",\"coupon\":{\"NULL\":true}");
  }

  private static void wide(StringBuilder json, SplittableRandom random) {
    for (int i = 0; i < 120; i++) {
      if (i % 3 == 0) {
        text(json, "attribute_" + i, WORDS[random.nextInt(WORDS.length)]);
      } else {
        number(json, "metric_" + i, random.nextInt(10_000));
      }
    }
  }

  private static void binary(StringBuilder json, SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    json.append(",\"blob\":{\"B\":\"").append(Base64.getEncoder().encodeToString(bytes));
    json.append("\"}");
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":{\"S\":\"").append(value).append("\"}");
  }

  private static void number(StringBuilder json, String name, double value) {
    json.append(",\"").append(name).append("\":{\"N\":\"").append(plain(value)).append("\"}");
  }

  /** As DynamoDB writes it: without a fraction of zero. */
  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private static String hex(SplittableRandom random) {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }
}
