// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import org.jspecify.annotations.Nullable;

/**
 * Passes over DynamoDB JSON once: checks that it has the shape of an item and adds up the item's
 * size. This is the hot loop of backup and restore; it allocates nothing.
 *
 * <p>Checked: each value is an object with one known type descriptor and content of its kind,
 * numbers and Base64 are well formed, sets are not empty, nesting is bounded. Not checked here:
 * equal attribute names, equal elements of a set, the range of numbers, escaped halves of surrogate
 * pairs (DynamoDB Local stores them); {@link DynamoDbJson#decode(byte[])} does.
 */
final class ItemScanner {
  /**
   * Lists and maps that may contain each other. DynamoDB's limit is 32 levels, of which DynamoDB
   * Local counts the innermost value as one. The slack is there because AWS does not say what
   * counts, and a reader must not refuse what a table holds.
   */
  static final int MAX_NESTING = 35;

  /** DynamoDB's bytes for a list or map besides its elements, and for each element. */
  private static final int CONTAINER_OVERHEAD = 3;

  private static final int ELEMENT_OVERHEAD = 1;

  private final JsonCursor json;
  private final DecimalScanner decimal = new DecimalScanner();

  ItemScanner(JsonCursor json) {
    this.json = json;
  }

  /** Consumes an item and returns its size in bytes. */
  int item() {
    return attributes(0, 0);
  }

  /** Consumes an attribute value and returns its size in bytes. */
  int value() {
    return value(0);
  }

  private int attributes(int depth, int overheadOfEach) {
    json.expect('{');
    if (json.accept('}')) {
      return 0;
    }
    int size = 0;
    do {
      size += json.skipString() + overheadOfEach;
      json.expect(':');
      size += value(depth);
    } while (json.hasMore('}'));
    return size;
  }

  private int value(int depth) {
    if (json.acceptStart(ValueStart.STRING)) {
      return closed(json.restOfString());
    }
    if (json.acceptStart(ValueStart.NUMBER)) {
      json.restOfText();
      return closed(number());
    }
    return anyValue(depth);
  }

  private int closed(int size) {
    json.expect('}');
    return size;
  }

  private int anyValue(int depth) {
    json.expect('{');
    json.string();
    TypeDescriptor type = TypeDescriptor.of(json.textBytes(), json.textStart(), json.textEnd());
    json.expect(':');
    return closed(content(type, depth));
  }

  private int content(@Nullable TypeDescriptor type, int depth) {
    if (type == null) {
      throw json.failure("unknown type descriptor");
    }
    return switch (type) {
      case S, N, B -> scalar(type);
      case SS -> set(TypeDescriptor.S);
      case NS -> set(TypeDescriptor.N);
      case BS -> set(TypeDescriptor.B);
      case L -> CONTAINER_OVERHEAD + elements(deeper(depth));
      case M -> CONTAINER_OVERHEAD + attributes(deeper(depth), ELEMENT_OVERHEAD);
      case BOOL -> {
        json.bool();
        yield 1;
      }
      case NULL -> {
        json.literal("true");
        yield 1;
      }
    };
  }

  private int scalar(TypeDescriptor type) {
    return switch (type) {
      case S -> json.skipString();
      case N -> {
        json.string();
        yield number();
      }
      default -> binary();
    };
  }

  /** The size of the number whose text was consumed. */
  private int number() {
    if (!decimal.scan(json.textBytes(), json.textStart(), json.textEnd())) {
      throw json.failure("not a number");
    }
    return ItemSize.ofNumber(decimal);
  }

  private int binary() {
    json.string();
    int length = Base64Text.decodedLength(json.textBytes(), json.textStart(), json.textEnd());
    if (length < 0) {
      throw json.failure("not Base64");
    }
    return length;
  }

  private int set(TypeDescriptor elementType) {
    json.expect('[');
    if (json.accept(']')) {
      throw json.failure("empty set");
    }
    int size = 0;
    do {
      size += scalar(elementType);
    } while (json.hasMore(']'));
    return size;
  }

  private int elements(int depth) {
    json.expect('[');
    if (json.accept(']')) {
      return 0;
    }
    int size = 0;
    do {
      size += value(depth) + ELEMENT_OVERHEAD;
    } while (json.hasMore(']'));
    return size;
  }

  private int deeper(int depth) {
    if (depth == MAX_NESTING) {
      throw json.failure("nested deeper than " + MAX_NESTING + " lists and maps");
    }
    return depth + 1;
  }
}
