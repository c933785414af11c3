// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.Map;

/**
 * DynamoDB JSON, the notation of items on the wire and in exports: {@code {"id":{"N":"1"}}}.
 *
 * <p>Encoding what was decoded gives the same bytes if they were compact and escaped no more than
 * JSON demands (DynamoDB Local also escapes astral characters): names and elements keep their
 * order, numbers their text. Decoding is strict: it refuses a name or set element that comes twice,
 * unknown types, numbers that DynamoDB cannot hold, Base64 without padding, empty sets, lone
 * surrogates and nesting beyond DynamoDB's.
 */
public final class DynamoDbJson {
  private DynamoDbJson() {}

  /** The item as compact DynamoDB JSON. */
  public static byte[] encode(Item item) {
    JsonBuffer buffer = new JsonBuffer();
    encode(item, buffer);
    return buffer.toByteArray();
  }

  /** Appends the item as compact DynamoDB JSON. */
  public static void encode(Item item, JsonBuffer buffer) {
    encodeEntries(item.attributes(), buffer);
  }

  /** Appends the value with its type descriptor, such as {@code {"S":"text"}}. */
  public static void encode(Value value, JsonBuffer buffer) {
    buffer.append("{\"").append(value.type()).append("\":");
    value.accept(new Content(buffer));
    buffer.append('}');
  }

  /**
   * The item in these bytes.
   *
   * @throws io.dynavault.format.FormatException if they are not exactly one item
   */
  public static Item decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * The item in this part of the bytes.
   *
   * @throws io.dynavault.format.FormatException if they are not exactly one item; the byte offset
   *     in the message counts from {@code offset}
   */
  public static Item decode(byte[] bytes, int offset, int length) {
    JsonCursor json = new JsonCursor();
    json.reset(bytes, offset, length);
    Item item = new ItemDecoder(json).item();
    json.expectEnd();
    return item;
  }

  /**
   * The value with its type descriptor, such as {@code {"S":"text"}}, in these bytes.
   *
   * @throws io.dynavault.format.FormatException if they are not exactly one value
   */
  public static Value decodeValue(byte[] bytes) {
    JsonCursor json = new JsonCursor();
    json.reset(bytes, 0, bytes.length);
    Value value = new ItemDecoder(json).value();
    json.expectEnd();
    return value;
  }

  private static void encodeEntries(Map<String, Value> entries, JsonBuffer buffer) {
    buffer.append('{');
    boolean first = true;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      if (!first) {
        buffer.append(',');
      }
      first = false;
      buffer.appendString(entry.getKey()).append(':');
      encode(entry.getValue(), buffer);
    }
    buffer.append('}');
  }

  /** Appends what follows the type descriptor. */
  private record Content(JsonBuffer buffer) implements ValueVisitor<JsonBuffer> {
    @Override
    public JsonBuffer visit(Value.S string) {
      return buffer.appendString(string.value());
    }

    @Override
    public JsonBuffer visit(Value.N number) {
      return buffer.appendString(number.value());
    }

    @Override
    public JsonBuffer visit(Value.B binary) {
      return buffer.appendBase64(binary.value());
    }

    @Override
    public JsonBuffer visit(Value.BOOL bool) {
      return buffer.append(bool.value() ? "true" : "false");
    }

    @Override
    public JsonBuffer visit(Value.NULL nothing) {
      return buffer.append("true");
    }

    @Override
    public JsonBuffer visit(Value.L list) {
      return buffer.appendArray(list.values(), value -> encode(value, buffer));
    }

    @Override
    public JsonBuffer visit(Value.M map) {
      encodeEntries(map.entries(), buffer);
      return buffer;
    }

    @Override
    public JsonBuffer visit(Value.SS strings) {
      return buffer.appendArray(strings.values(), buffer::appendString);
    }

    @Override
    public JsonBuffer visit(Value.NS numbers) {
      return buffer.appendArray(numbers.values(), buffer::appendString);
    }

    @Override
    public JsonBuffer visit(Value.BS binaries) {
      return buffer.appendArray(binaries.values(), b -> buffer.appendBase64(b.value()));
    }
  }
}
