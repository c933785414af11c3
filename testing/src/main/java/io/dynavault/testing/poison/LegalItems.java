// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.poison;

import static io.dynavault.local.demo.AttributeJson.binaries;
import static io.dynavault.local.demo.AttributeJson.binary;
import static io.dynavault.local.demo.AttributeJson.bool;
import static io.dynavault.local.demo.AttributeJson.list;
import static io.dynavault.local.demo.AttributeJson.map;
import static io.dynavault.local.demo.AttributeJson.none;
import static io.dynavault.local.demo.AttributeJson.number;
import static io.dynavault.local.demo.AttributeJson.numbers;
import static io.dynavault.local.demo.AttributeJson.quoted;
import static io.dynavault.local.demo.AttributeJson.string;
import static io.dynavault.local.demo.AttributeJson.strings;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Items at and near DynamoDB's limits that it stores. */
public final class LegalItems {
  /** Partition key {@code pk} and sort key {@code sk}, both strings. */
  public static final KeySchema KEY_SCHEMA =
      KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.S));

  /** DynamoDB's limit of the size of an item, in bytes. */
  public static final int MAX_ITEM_SIZE = 400 * 1024;

  static final int MAX_PARTITION_KEY = 2048;
  static final int MAX_SORT_KEY = 1024;

  /** Levels of nesting that DynamoDB stores, of which the attribute itself is the first. */
  static final int MAX_DEPTH = 32;

  private static final byte[] EVERY_BYTE = everyByte();

  private LegalItems() {}

  /** Every legal item with string keys, of {@link #KEY_SCHEMA}. */
  public static List<PoisonItem> all() {
    return Stream.of(numericItems(), textItems(), binaryItems(), containerItems(), nameItems())
        .flatMap(List::stream)
        .toList();
  }

  /** Items with keys that are strings, numbers or binaries, alone and in pairs. */
  public static List<PoisonTable> tables(String namePrefix) {
    return List.of(
        new PoisonTable(
            namePrefix + "-strings",
            KEY_SCHEMA,
            Stream.concat(all().stream(), PoisonKeys.strings().stream()).toList()),
        new PoisonTable(
            namePrefix + "-numbers",
            KeySchema.of(
                new KeyAttribute("pk", ScalarType.N), new KeyAttribute("sk", ScalarType.N)),
            PoisonKeys.numbers()),
        new PoisonTable(
            namePrefix + "-binaries",
            KeySchema.of(
                new KeyAttribute("pk", ScalarType.B), new KeyAttribute("sk", ScalarType.B)),
            PoisonKeys.binaries()),
        new PoisonTable(
            namePrefix + "-partition-only",
            KeySchema.of(new KeyAttribute("Items", ScalarType.B)),
            PoisonKeys.binariesAlone("Items")));
  }

  /** An item of the given name whose key is its name, with more attributes as JSON text. */
  static PoisonItem item(String name, String moreAttributes) {
    return new PoisonItem(
        name,
        "{\"pk\":"
            + string(name)
            + ",\"sk\":{\"S\":\"1\"}"
            + (moreAttributes.isEmpty() ? "" : ",")
            + moreAttributes
            + "}");
  }

  private static PoisonItem withValue(String name, String value) {
    return item(name, "\"v\":" + value);
  }

  private static List<PoisonItem> numericItems() {
    List<PoisonItem> items = new ArrayList<>();
    for (String text :
        List.of(
            "0",
            "-0",
            "0.0",
            "1",
            "1.0",
            "1.500",
            "0001",
            "100",
            "1E2",
            "1e2",
            "1e+2",
            "-5E-3",
            "12345678901234567890123456789012345678",
            "-12345678901234567890123456789012345678",
            "0.12345678901234567890123456789012345678",
            "9007199254740993",
            "1.2345678901234567890123456789012345678E-100",
            "9.9999999999999999999999999999999999999E+125",
            "-9.9999999999999999999999999999999999999E+125",
            "1E-130",
            "-1E-130",
            "1E125")) {
      items.add(withValue("number " + text, number(text)));
    }
    items.add(
        withValue("numbers in a set", numbers(List.of("1", "-1", "2.50", "1E-130", "1e125", "0"))));
    items.add(withValue("time of expiry in the past", number("1000000000")));
    return items;
  }

  private static List<PoisonItem> textItems() {
    return List.of(
        item("only a key", ""),
        withValue("empty string", string("")),
        withValue("not a number", strings(List.of("NaN", "Infinity", "-Infinity", "null", "true"))),
        withValue("every control character", string(characters(0, 0x20) + "\u007f\u0080\u009f")),
        withValue("separators and bidi", string("\u2028\u2029\u202e\u200d\ufeff\ufffd\uffff")),
        withValue("astral characters", string("𝄞 🚀 👩‍👩‍👧 \uD800\uDC00 \uDBFF\uDFFF")),
        withValue("combining, not composed", strings(List.of("e\u0301", "\u00e9"))),
        withValue("escapes that need none", "{\"S\":\"\\u0041\\u00e9\\/\\ud83d\\ude00\\u2028\"}"),
        withValue("escapes of two characters", "{\"S\":\"\\b\\f\\n\\r\\t\\\\\\\"\"}"),
        withValue("looks like the end", string("\"}},{\"pk\":{\"S\":\"x\"}}],\"Count\":0}")),
        withValue("looks like a page", string("\"LastEvaluatedKey\":{\"pk\":{\"S\":\"x\"}}")),
        withValue("ends in back slashes", string("\\\\\\")),
        withValue("markup and formulas", strings(List.of("<script>", "=1+1", "'; --", "%s%n{}"))),
        withValue("forged log lines", string("\r\nERROR all is lost\u001b[31m\u202e")),
        withValue("escaped to six times its length", string("\u0001".repeat(60_000))),
        new PoisonItem(
            "white space between everything",
            " { \"pk\" : { \"S\" : \"white space\" } ,\n\t\"sk\" : { \"S\" : \"1\" } ,"
                + " \"v\" : { \"L\" : [ { \"N\" : \"1\" } , { \"M\" : { } } ] } } "),
        largest("largest item", MAX_ITEM_SIZE));
  }

  /** An item of ASCII strings whose size by DynamoDB's rules is the given one. */
  static PoisonItem largest(String name, int size) {
    int others = "pk".length() + name.length() + "sk".length() + "1".length() + "v".length();
    return withValue(name, string("x".repeat(size - others)));
  }

  private static List<PoisonItem> binaryItems() {
    return List.of(
        withValue("empty binary", binary(new byte[0])),
        withValue("binary of one byte", binary(new byte[] {-1})),
        withValue("binary of two bytes", binary(new byte[] {-1, -2})),
        withValue("binary of three bytes", binary(new byte[] {-1, -2, -3})),
        withValue("every byte", binary(EVERY_BYTE)),
        withValue("binary that is base64 text", binary("QUJD".getBytes(US_ASCII))),
        withValue("binary that is gzip", binary(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0})),
        withValue("binary in a map", map(Map.of("b", binary(EVERY_BYTE)))),
        withValue("binary in a list", list(List.of(binary(EVERY_BYTE), binary(new byte[0])))),
        withValue("binary set", binaries(List.of(EVERY_BYTE, new byte[] {0}, new byte[] {0, 0}))),
        withValue("binary set in a map in a list", list(List.of(map(Map.of("bs", binarySet()))))),
        withValue(
            "binary in a list in a map", map(Map.of("l", list(List.of(binary(EVERY_BYTE)))))));
  }

  private static String binarySet() {
    return binaries(List.of(new byte[] {1, 2, 3}, new byte[] {-1}));
  }

  private static List<PoisonItem> containerItems() {
    List<String> many = IntStream.range(0, 2000).mapToObj(i -> "element " + i).toList();
    return List.of(
        withValue("null", none()),
        withValue("true", bool(true)),
        withValue("false", bool(false)),
        withValue("empty list", list(List.of())),
        withValue("empty map", map(Map.of())),
        withValue("set of one", strings(List.of("one"))),
        withValue("set of many", strings(many)),
        withValue("set with an element out of order", strings(List.of("b", "a", "B", "10", "9"))),
        withValue("list of equal elements", list(Collections.nCopies(100, string("same")))),
        withValue("deepest map", nested("{\"M\":{\"m\":", "}}")),
        withValue("deepest list", nested("{\"L\":[", "]}")),
        withValue(
            "every type in a map",
            map(
                Map.of(
                    "s",
                    string("s"),
                    "n",
                    number("1"),
                    "b",
                    binary(EVERY_BYTE),
                    "x",
                    none(),
                    "t",
                    bool(true),
                    "ss",
                    strings(List.of("s")),
                    "ns",
                    numbers(List.of("1")),
                    "bs",
                    binarySet(),
                    "l",
                    list(List.of(none())),
                    "m",
                    map(Map.of())))));
  }

  private static String nested(String open, String close) {
    int levels = MAX_DEPTH - 1;
    return open.repeat(levels) + string("deep") + close.repeat(levels);
  }

  private static List<PoisonItem> nameItems() {
    List<PoisonItem> items = new ArrayList<>();
    for (String name :
        List.of(
            "Item",
            "Items",
            "Keys",
            "Count",
            "ScannedCount",
            "LastEvaluatedKey",
            "NewImage",
            "S",
            "N",
            "B",
            "SS",
            "NS",
            "BS",
            "M",
            "L",
            "BOOL",
            "NULL",
            "__proto__",
            "constructor",
            "a.b",
            "a[0]",
            "a b",
            " ",
            "#a",
            ":a",
            "$",
            "$ion_1_0",
            "\"",
            "'",
            "\\",
            "/",
            ",",
            "\n",
            "\u0000",
            "é",
            "\u2028",
            "🚀",
            "null",
            "-1",
            "{}",
            "..",
            "%")) {
      items.add(item("attribute named " + name, quoted(name) + ":" + number("1")));
    }
    items.add(
        item(
            "maps named like types",
            "\"M\":" + map(Map.of("S", map(Map.of("M", map(Map.of("L", list(List.of())))))))));
    items.add(item("longest attribute name", quoted("n".repeat(65_535)) + ":" + number("1")));
    items.add(
        item(
            "thousand attributes",
            String.join(
                ",",
                IntStream.range(0, 1000)
                    .mapToObj(i -> "\"attribute" + i + "\":" + number(String.valueOf(i)))
                    .toList())));
    return items;
  }

  private static String characters(int from, int to) {
    StringBuilder text = new StringBuilder();
    IntStream.range(from, to).forEach(text::appendCodePoint);
    return text.toString();
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
