// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the primary keys of item after item as bytes that are equal exactly where the keys are, in
 * little time: it stops where it has all of the key, and what stands behind that is not looked at.
 * {@link KeyReader} checks the whole item and makes objects. Reusable, for one thread.
 *
 * <p>The bytes are, for the partition key and then the sort key if there is one, the type's letter,
 * the length as four big-endian bytes, and the value: UTF-8 of a string, ASCII of a canonical
 * number, binary as it is.
 */
public final class KeyScan {
  private static final int HEAD = 1 + Integer.BYTES;

  /** More than any number has, also one that is longer in plain notation than as it is written. */
  private static final int FIRST_ROOM = 256;

  private final JsonCursor json = new JsonCursor();
  private final ItemScanner scanner = new ItemScanner(json);
  private final KeyPart partition;
  private final @Nullable KeyPart sort;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int length;
  private byte[] sortBytes = new byte[FIRST_ROOM];
  private int sortLength;

  public KeyScan(KeySchema schema) {
    requireNonNull(schema, "schema is null");
    partition = new KeyPart(schema.partitionKey());
    sort = schema.sortKey().map(KeyPart::new).orElse(null);
  }

  /**
   * Finds the key of the item, or of the key alone, in DynamoDB JSON.
   *
   * @throws FormatException if the item is malformed before the end of its key, or a key attribute
   *     is missing, empty or of another type
   */
  public void read(byte[] item, int offset, int itemLength) {
    json.reset(item, offset, itemLength);
    length = 0;
    sortLength = 0;
    json.expect('{');
    if (!json.accept('}')) {
      do {
        attribute();
      } while (!isComplete() && json.hasMore('}'));
    }
    if (length == 0) {
      throw partition.missing();
    }
    if (sort != null) {
      if (sortLength == 0) {
        throw sort.missing();
      }
      bytes = withRoom(bytes, length + sortLength);
      System.arraycopy(sortBytes, 0, bytes, length, sortLength);
      length += sortLength;
    }
  }

  /** Holds the bytes of the key that was found, from its beginning, until the next is read. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes the key has. */
  public int length() {
    return length;
  }

  private boolean isComplete() {
    return length > 0 && (sort == null || sortLength > 0);
  }

  private void attribute() {
    json.string();
    if (length == 0 && partition.isNamed(json)) {
      partition.find(json);
      bytes = withRoom(bytes, HEAD + json.textEnd() - json.textStart());
      length = put(partition, bytes);
      json.expect('}');
    } else if (sort != null && sortLength == 0 && sort.isNamed(json)) {
      sort.find(json);
      sortBytes = withRoom(sortBytes, HEAD + json.textEnd() - json.textStart());
      sortLength = put(sort, sortBytes);
      json.expect('}');
    } else {
      json.expect(':');
      scanner.value();
    }
  }

  private int put(KeyPart part, byte[] target) {
    byte[] text = json.textBytes();
    int from = json.textStart();
    int size = json.textEnd() - from;
    if (part.type() == ScalarType.S) {
      System.arraycopy(text, from, target, HEAD, size);
    } else {
      byte[] value = part.type() == ScalarType.N ? part.canonical(json) : part.decoded(json);
      size = value.length;
      System.arraycopy(value, 0, target, HEAD, size);
    }
    target[0] = (byte) part.type().name().charAt(0);
    for (int i = 0; i < Integer.BYTES; i++) {
      target[1 + i] = (byte) (size >>> (24 - 8 * i));
    }
    return HEAD + size;
  }

  private static byte[] withRoom(byte[] array, int size) {
    return array.length >= size ? array : Arrays.copyOf(array, Math.max(size, 2 * array.length));
  }
}
