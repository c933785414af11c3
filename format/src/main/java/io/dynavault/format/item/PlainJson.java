// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON without type descriptors, {@code {"id":1}}, for people and for files of other tools. Numbers
 * keep all their digits; binary becomes Base64 text and sets become arrays, so that reading it with
 * {@link PlainJsonReader} does not give the same item for every type.
 */
public final class PlainJson {
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private PlainJson() {}

  /** The item as compact JSON. */
  public static byte[] encode(Item item) {
    JsonBuffer buffer = new JsonBuffer();
    encode(item, buffer);
    return buffer.toByteArray();
  }

  /** Appends the item as compact JSON. */
  public static void encode(Item item, JsonBuffer buffer) {
    new Encoder(buffer).entries(item.attributes());
  }

  /** Appends the value as compact JSON. */
  public static void encode(Value value, JsonBuffer buffer) {
    value.accept(new Encoder(buffer));
  }

  private record Encoder(JsonBuffer buffer) implements ValueVisitor<JsonBuffer> {
    JsonBuffer entries(Map<String, Value> entries) {
      buffer.append('{');
      boolean first = true;
      for (Map.Entry<String, Value> entry : entries.entrySet()) {
        if (!first) {
          buffer.append(',');
        }
        first = false;
        buffer.appendString(entry.getKey()).append(':');
        entry.getValue().accept(this);
      }
      return buffer.append('}');
    }

    private JsonBuffer number(String number) {
      boolean json = JSON_NUMBER.matcher(number).matches();
      return buffer.append(json ? number : DecimalScanner.canonical(number));
    }

    @Override
    public JsonBuffer visit(Value.S string) {
      return buffer.appendString(string.value());
    }

    @Override
    public JsonBuffer visit(Value.N number) {
      return number(number.value());
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
      return buffer.append("null");
    }

    @Override
    public JsonBuffer visit(Value.L list) {
      return buffer.appendArray(list.values(), value -> value.accept(this));
    }

    @Override
    public JsonBuffer visit(Value.M map) {
      return entries(map.entries());
    }

    @Override
    public JsonBuffer visit(Value.SS strings) {
      return buffer.appendArray(strings.values(), buffer::appendString);
    }

    @Override
    public JsonBuffer visit(Value.NS numbers) {
      return buffer.appendArray(numbers.values(), this::number);
    }

    @Override
    public JsonBuffer visit(Value.BS binaries) {
      return buffer.appendArray(binaries.values(), b -> buffer.appendBase64(b.value()));
    }
  }
}
