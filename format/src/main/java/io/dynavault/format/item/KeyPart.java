// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.format.FormatException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One key attribute of a table: finds and checks its value in items. */
final class KeyPart {
  private final KeyAttribute attribute;
  private final byte[] name;
  private final String type;

  KeyPart(KeyAttribute attribute) {
    this.attribute = attribute;
    this.name = attribute.name().getBytes(UTF_8);
    this.type = attribute.type().name();
  }

  String name() {
    return attribute.name();
  }

  /** Whether the text at the cursor is the attribute's name. */
  boolean isNamed(JsonCursor json) {
    return Arrays.equals(json.textBytes(), json.textStart(), json.textEnd(), name, 0, name.length);
  }

  /** Consumes the colon and the value after the attribute's name. */
  Value read(JsonCursor json, @Nullable Value before) {
    if (before != null) {
      throw failure("comes twice");
    }
    find(json);
    Value value = scalar(json);
    json.expect('}');
    return value;
  }

  /** Consumes what stands before the end of the value, whose text is then the cursor's. */
  void find(JsonCursor json) {
    json.expect(':');
    json.expect('{');
    json.string();
    if (!json.textIs(type)) {
      throw failure("is not of type " + type);
    }
    json.expect(':');
    json.string();
    if (json.textStart() == json.textEnd()) {
      throw failure("is empty");
    }
  }

  ScalarType type() {
    return attribute.type();
  }

  /** The text at the cursor as a canonical number. */
  byte[] canonical(JsonCursor json) {
    return number(Arrays.copyOfRange(json.textBytes(), json.textStart(), json.textEnd()))
        .value()
        .getBytes(UTF_8);
  }

  /** The attribute's value in the item. */
  Value read(Item item) {
    Value value = item.attribute(attribute.name()).orElseThrow(this::missing);
    if (!value.type().equals(type)) {
      throw failure("is not of type " + type);
    }
    if (value instanceof Value.N number) {
      return number(number.value().getBytes(UTF_8));
    }
    boolean empty =
        (value instanceof Value.S string && string.value().isEmpty())
            || (value instanceof Value.B binary && binary.value().length == 0);
    if (empty) {
      throw failure("is empty");
    }
    return value;
  }

  private Value scalar(JsonCursor json) {
    return switch (attribute.type()) {
      case S -> new Value.S(json.text());
      case N -> number(Arrays.copyOfRange(json.textBytes(), json.textStart(), json.textEnd()));
      case B -> binary(json);
    };
  }

  private Value.N number(byte[] text) {
    DecimalScanner decimal = new DecimalScanner();
    if (!decimal.scan(text, 0, text.length)) {
      throw failure("is not a number");
    }
    if (!decimal.inRange()) {
      throw failure("is a number outside of DynamoDB's range");
    }
    return new Value.N(decimal.canonical(text));
  }

  private Value binary(JsonCursor json) {
    return new Value.B(decoded(json));
  }

  /** The text at the cursor as the bytes that it stands for. */
  byte[] decoded(JsonCursor json) {
    if (Base64Text.decodedLength(json.textBytes(), json.textStart(), json.textEnd()) < 0) {
      throw failure("is not Base64");
    }
    return Base64.getDecoder().decode(json.text());
  }

  FormatException missing() {
    return failure("is missing");
  }

  private FormatException failure(String reason) {
    return new FormatException("key attribute '" + attribute.name() + "' of an item " + reason);
  }
}
