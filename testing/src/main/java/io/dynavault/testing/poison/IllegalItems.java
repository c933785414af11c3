// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.poison;

import static io.dynavault.local.demo.AttributeJson.number;
import static io.dynavault.local.demo.AttributeJson.string;

import java.util.List;
import java.util.stream.Stream;

/**
 * Items that DynamoDB refuses to put into a table of {@link LegalItems#KEY_SCHEMA}. They are of
 * three kinds: not DynamoDB JSON, values that no attribute can have, and items beyond a limit or
 * without the keys.
 */
public final class IllegalItems {
  private static final String KEY = "\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"1\"}";

  private IllegalItems() {}

  public static List<PoisonItem> all() {
    return Stream.of(notDynamoDbJson(), impossibleValues(), beyondLimits())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * JSON of another shape than the model of the API has, or not JSON at all. AWS answers with a
   * SerializationException; DynamoDB Local is lenient with some of them.
   */
  public static List<PoisonItem> notDynamoDbJson() {
    return List.of(
        withValue("number is a JSON number", "{\"N\":1}"),
        withValue("string is a JSON number", "{\"S\":1}"),
        withValue("bool is a string", "{\"BOOL\":\"yes\"}"),
        withValue("null is a string", "{\"NULL\":\"yes\"}"),
        withValue("list is a map", "{\"L\":{}}"),
        withValue("map is a list", "{\"M\":[]}"),
        withValue("value without a type", "\"a\""),
        withValue("binary is not base64", "{\"B\":\"***\"}"),
        withValue("string set has a number", "{\"SS\":[1]}"),
        new PoisonItem("item is not closed", "{" + KEY),
        new PoisonItem("item is an array", "[]"),
        new PoisonItem("item has a comma too many", "{" + KEY + ",}"));
  }

  /** DynamoDB JSON of values that no attribute can have. */
  public static List<PoisonItem> impossibleValues() {
    return List.of(
        withValue("number is not a number", number("NaN")),
        withValue("number is infinite", number("Infinity")),
        withValue("number is empty", number("")),
        withValue("number is hexadecimal", number("0x10")),
        withValue("number has two points", number("1.2.3")),
        withValue("unknown type", "{\"X\":\"1\"}"),
        withValue("no type", "{}"),
        withValue("two types", "{\"S\":\"a\",\"N\":\"1\"}"),
        withValue("set is empty", "{\"SS\":[]}"),
        withValue("set has an element twice", "{\"SS\":[\"a\",\"b\",\"a\"]}"),
        withValue("number set has a number twice", "{\"NS\":[\"1\",\"1.0\"]}"),
        withValue("number set has a string", "{\"NS\":[\"a\"]}"),
        withValue("null is false", "{\"NULL\":false}"));
  }

  /** Items in DynamoDB JSON that break a limit or the key schema. */
  public static List<PoisonItem> beyondLimits() {
    return List.of(
        withValue("number of 39 digits", number("1" + "2".repeat(38))),
        withValue("number too large", number("1E126")),
        withValue("number too small", number("1E-131")),
        withValue("one level too deep", deep("{\"M\":{\"m\":", "}}")),
        withValue("lists one level too deep", deep("{\"L\":[", "]}")),
        LegalItems.largest("one byte too large", LegalItems.MAX_ITEM_SIZE + 1),
        new PoisonItem("no partition key", "{\"sk\":{\"S\":\"1\"}}"),
        new PoisonItem("no sort key", "{\"pk\":{\"S\":\"a\"}}"),
        new PoisonItem("empty item", "{}"),
        new PoisonItem("key is empty", "{\"pk\":{\"S\":\"\"},\"sk\":{\"S\":\"1\"}}"),
        new PoisonItem("sort key is empty", "{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"\"}}"),
        new PoisonItem("key of another type", "{\"pk\":{\"N\":\"1\"},\"sk\":{\"S\":\"1\"}}"),
        new PoisonItem("key is null", "{\"pk\":{\"NULL\":true},\"sk\":{\"S\":\"1\"}}"),
        new PoisonItem(
            "partition key too long",
            "{\"pk\":"
                + string("k".repeat(LegalItems.MAX_PARTITION_KEY + 1))
                + ",\"sk\":{\"S\":\"1\"}}"),
        new PoisonItem(
            "sort key too long",
            "{\"pk\":{\"S\":\"a\"},\"sk\":"
                + string("s".repeat(LegalItems.MAX_SORT_KEY + 1))
                + "}"),
        withName("attribute name is empty", ""),
        withName("attribute name too long", "n".repeat(65_536)));
  }

  private static PoisonItem withValue(String name, String value) {
    return new PoisonItem(name, "{" + KEY + ",\"v\":" + value + "}");
  }

  private static PoisonItem withName(String name, String attribute) {
    return new PoisonItem(name, "{" + KEY + ",\"" + attribute + "\":{\"S\":\"1\"}}");
  }

  private static String deep(String open, String close) {
    return open.repeat(LegalItems.MAX_DEPTH) + string("deep") + close.repeat(LegalItems.MAX_DEPTH);
  }
}
