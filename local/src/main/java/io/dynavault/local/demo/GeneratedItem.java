// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import static io.dynavault.local.demo.AttributeJson.binaries;
import static io.dynavault.local.demo.AttributeJson.binary;
import static io.dynavault.local.demo.AttributeJson.bool;
import static io.dynavault.local.demo.AttributeJson.list;
import static io.dynavault.local.demo.AttributeJson.map;
import static io.dynavault.local.demo.AttributeJson.none;
import static io.dynavault.local.demo.AttributeJson.number;
import static io.dynavault.local.demo.AttributeJson.numbers;
import static io.dynavault.local.demo.AttributeJson.string;
import static io.dynavault.local.demo.AttributeJson.strings;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** One item of a {@link GeneratedTable}: depends on the seed and its number, on nothing else. */
final class GeneratedItem {
  private static final Instant FIRST_EVENT = Instant.parse("2026-01-01T00:00:00Z");
  private static final long YEAR_2100 = 4_102_444_800L;
  private static final int EVENTS_PER_CUSTOMER = 7;
  private static final List<String> STATUSES = List.of("new", "paid", "shipped", "returned");
  private static final List<String> NOTES =
      List.of(
          "",
          "plain text",
          "line\nbreak, tab\t and \"quotes\" with a back\\slash",
          "Zürich · Ελλάδα · 日本語 · עברית",
          "beyond the basic plane: 𝄞 🚀 👩‍👩‍👧",
          "{\"M\":{\"looks\":{\"S\":\"like JSON\"}}}",
          "control \u0001 and \u2028 separators");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "12345678901234567890123456789012345678",
          "-0.00000000000000000000000000000000000001",
          "9.9999999999999999999999999999999999999E+125",
          "1E-130");

  private final SplittableRandom random;
  private final int index;
  private final int customers;

  GeneratedItem(long seed, int index, int tableSize) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    this.index = index;
    this.customers = Math.max(1, tableSize / EVENTS_PER_CUSTOMER);
  }

  String json() {
    Instant time = FIRST_EVENT.plus(index, ChronoUnit.MINUTES);
    Map<String, String> item = new LinkedHashMap<>();
    item.put("customer", string("C-%05d".formatted(customer())));
    item.put("event", string(time + "#" + index));
    if (random.nextInt(10) > 0) {
      item.put("day", string(time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10)));
      item.put("amount", number(amount()));
    }
    item.put("status", string(oneOf(STATUSES)));
    item.put("vip", bool(random.nextBoolean()));
    item.put("note", string(oneOf(NOTES)));
    item.put("measure", number(oneOf(NUMBERS)));
    item.put("photo", binary(bytes(random.nextInt(200))));
    item.put("labels", strings(labels()));
    item.put("scores", numbers(scores()));
    item.put("thumbnails", binaries(thumbnails()));
    item.put("address", map(address()));
    item.put("lines", list(lines()));
    if (random.nextInt(4) == 0) {
      item.put("deleted", none());
    }
    if (random.nextInt(3) == 0) {
      item.put(
          GeneratedTable.EXPIRY_ATTRIBUTE,
          number(String.valueOf(YEAR_2100 + random.nextInt(1_000_000))));
    }
    return AttributeJson.item(item);
  }

  /** Low numbers are much more frequent than high ones. */
  private int customer() {
    double chance = random.nextDouble();
    return (int) (customers * chance * chance * chance);
  }

  private String amount() {
    return random.nextInt(1, 10_000) + "." + random.nextInt(1, 10);
  }

  private Set<String> labels() {
    Set<String> labels = new TreeSet<>();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      labels.add("label/" + random.nextInt(100));
    }
    return labels;
  }

  private Set<String> scores() {
    Set<String> scores = new TreeSet<>();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      scores.add(random.nextInt(-100, 100) + ".5");
    }
    return scores;
  }

  /** Of different lengths, because a set has no element twice. */
  private List<byte[]> thumbnails() {
    List<byte[]> thumbnails = new ArrayList<>();
    int count = random.nextInt(1, 4);
    for (int i = 1; i <= count; i++) {
      thumbnails.add(bytes(i * 3));
    }
    return thumbnails;
  }

  private Map<String, String> address() {
    Map<String, String> address = new LinkedHashMap<>();
    address.put("city", string(oneOf(NOTES)));
    address.put("zip.code", string("%05d".formatted(random.nextInt(100_000))));
    address.put("geo", map(Map.of("hash", binary(bytes(8)))));
    address.put("keys", binaries(List.of(bytes(4), bytes(5))));
    if (random.nextBoolean()) {
      address.put("empty", map(Map.of()));
    }
    return address;
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Map<String, String> line = new LinkedHashMap<>();
      line.put("sku", string("SKU-" + random.nextInt(1000)));
      line.put("quantity", number(String.valueOf(random.nextInt(1, 20))));
      line.put("seal", binary(bytes(6)));
      line.put("parts", list(List.of(binary(bytes(3)), list(List.of()), none(), bool(true))));
      lines.add(map(line));
    }
    return lines;
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
