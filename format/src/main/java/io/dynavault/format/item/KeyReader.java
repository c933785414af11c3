// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the primary keys of one table's items out of their bytes, and shows keys to people. Numbers
 * become canonical: plain notation without an exponent or superfluous zeros. Immutable.
 */
public final class KeyReader {
  private final KeySchema schema;
  private final KeyPart partition;
  private final @Nullable KeyPart sort;

  public KeyReader(KeySchema schema) {
    this.schema = requireNonNull(schema, "schema is null");
    partition = new KeyPart(schema.partitionKey());
    sort = schema.sortKey().map(KeyPart::new).orElse(null);
  }

  /** The schema it reads keys by. */
  public KeySchema schema() {
    return schema;
  }

  /**
   * The key of the item in DynamoDB JSON. All of the item is checked as {@link ItemSize} does.
   *
   * @throws FormatException if the item is malformed or a key attribute is missing, there twice,
   *     empty or of another type
   */
  public ItemKey read(byte[] bytes, int offset, int length) {
    JsonCursor json = new JsonCursor();
    json.reset(bytes, offset, length);
    ItemScanner scanner = new ItemScanner(json);
    Value partitionValue = null;
    Value sortValue = null;
    json.expect('{');
    if (!json.accept('}')) {
      do {
        json.string();
        if (partition.isNamed(json)) {
          partitionValue = partition.read(json, partitionValue);
        } else if (sort != null && sort.isNamed(json)) {
          sortValue = sort.read(json, sortValue);
        } else {
          json.expect(':');
          scanner.value();
        }
      } while (json.hasMore('}'));
    }
    json.expectEnd();
    return key(partitionValue, sortValue);
  }

  /**
   * The key of the item.
   *
   * @throws FormatException if a key attribute is missing, empty or of another type
   */
  public ItemKey read(Item item) {
    return key(partition.read(item), sort == null ? null : sort.read(item));
  }

  private ItemKey key(@Nullable Value partitionValue, @Nullable Value sortValue) {
    if (partitionValue == null) {
      throw partition.missing();
    }
    if (sort != null && sortValue == null) {
      throw sort.missing();
    }
    return new ItemKey(partitionValue, Optional.ofNullable(sortValue));
  }

  /** The key as an item that has the key attributes only, as requests name items. */
  public Item attributes(ItemKey key) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put(partition.name(), key.partition());
    if (sort != null) {
      attributes.put(sort.name(), key.sort().orElseThrow(sort::missing));
    }
    return new Item(attributes);
  }

  /**
   * The key in DynamoDB JSON for people to read on one line of a terminal. What does not print, or
   * would change how the rest of the line prints, is escaped; it remains valid JSON.
   */
  public String display(ItemKey key) {
    JsonBuffer buffer = new JsonBuffer();
    DynamoDbJson.encode(attributes(key), buffer);
    String json = buffer.toString();
    StringBuilder shown = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); ) {
      int codePoint = json.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (prints(codePoint)) {
        shown.appendCodePoint(codePoint);
      } else {
        json.substring(i, next)
            .chars()
            .forEach(unit -> shown.append(String.format("\\u%04X", unit)));
      }
      i = next;
    }
    return shown.toString();
  }

  private static boolean prints(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
