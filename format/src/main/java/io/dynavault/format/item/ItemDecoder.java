// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds values from DynamoDB JSON, with every check that {@link DynamoDbJson} promises. */
final class ItemDecoder {
  private final JsonCursor json;
  private final DecimalScanner decimal = new DecimalScanner();

  ItemDecoder(JsonCursor json) {
    this.json = json;
  }

  /** Consumes an item. */
  Item item() {
    return new Item(attributes(0));
  }

  /** Consumes a value with its type descriptor. */
  Value value() {
    return value(0);
  }

  private Map<String, Value> attributes(int depth) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    json.expect('{');
    if (json.accept('}')) {
      return attributes;
    }
    do {
      json.string();
      String name = json.text();
      json.expect(':');
      if (attributes.put(name, value(depth)) != null) {
        throw json.failure("attribute name comes twice");
      }
    } while (json.hasMore('}'));
    return attributes;
  }

  private Value value(int depth) {
    json.expect('{');
    json.string();
    TypeDescriptor type = TypeDescriptor.of(json.textBytes(), json.textStart(), json.textEnd());
    if (type == null) {
      throw json.failure("unknown type descriptor");
    }
    json.expect(':');
    Value value = content(type, depth);
    json.expect('}');
    return value;
  }

  private Value content(TypeDescriptor type, int depth) {
    return switch (type) {
      case S -> new Value.S(string());
      case N -> new Value.N(number());
      case B -> binary();
      case BOOL -> new Value.BOOL(json.bool());
      case NULL -> {
        json.literal("true");
        yield new Value.NULL();
      }
      case L -> {
        int inside = deeper(depth);
        yield new Value.L(array(() -> value(inside)));
      }
      case M -> new Value.M(attributes(deeper(depth)));
      case SS -> new Value.SS(set(this::string, Function.identity()));
      case NS -> new Value.NS(set(this::number, DecimalScanner::canonical));
      case BS -> new Value.BS(set(this::binary, Function.identity()));
    };
  }

  private String string() {
    json.string();
    return json.text();
  }

  private String number() {
    json.string();
    if (!decimal.scan(json.textBytes(), json.textStart(), json.textEnd())) {
      throw json.failure("not a number");
    }
    if (!decimal.inRange()) {
      throw json.failure("number outside of DynamoDB's range");
    }
    return json.text();
  }

  private Value.B binary() {
    json.string();
    if (Base64Text.decodedLength(json.textBytes(), json.textStart(), json.textEnd()) < 0) {
      throw json.failure("not Base64");
    }
    return new Value.B(Base64.getDecoder().decode(json.text()));
  }

  private <T> List<T> set(Supplier<T> element, Function<T, ?> identity) {
    List<T> elements = array(element);
    String flaw = SetElements.flaw(elements, identity);
    if (flaw != null) {
      throw json.failure(flaw);
    }
    return elements;
  }

  private <T> List<T> array(Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    json.expect('[');
    if (json.accept(']')) {
      return elements;
    }
    do {
      elements.add(element.get());
    } while (json.hasMore(']'));
    return elements;
  }

  private int deeper(int depth) {
    if (depth == ItemScanner.MAX_NESTING) {
      throw json.failure("nested deeper than " + ItemScanner.MAX_NESTING + " lists and maps");
    }
    return depth + 1;
  }
}
