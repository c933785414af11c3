// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The puts or deletes of one BatchWriteItem, kept as the entries of its request. Belongs to one
 * thread at a time and is reused.
 */
public final class WriteBatch {
  /** The most requests that BatchWriteItem takes (DynamoDB API Reference, BatchWriteItem). */
  static final int MOST_REQUESTS = 25;

  /**
   * Bytes after which a batch is sent although more would fit into the 16 MB that the service
   * takes: larger requests gain nothing and every batch in flight holds its memory.
   */
  private static final int FULL_BYTES = 1 << 20;

  private static final byte[] PUT = ascii("{\"PutRequest\":{\"Item\":");
  private static final byte[] DELETE = ascii("{\"DeleteRequest\":{\"Key\":");
  private static final byte[] END = ascii("}}");

  private byte[] bytes = new byte[32 * 1024];
  private int length;
  private int count;
  private final int[] entryStarts = new int[MOST_REQUESTS + 1];
  private final int[] documentStarts = new int[MOST_REQUESTS];
  private final int[] sizes = new int[MOST_REQUESTS];
  private final BitSet deletes = new BitSet(MOST_REQUESTS);

  /** Adds a put of an item; the batch must not be full. */
  public void put(byte[] item, int offset, int itemLength, int itemSize) {
    add(PUT, item, offset, itemLength, itemSize);
  }

  /** Adds a delete by key; the batch must not be full. */
  public void delete(byte[] key, int offset, int keyLength) {
    deletes.set(count);
    add(DELETE, key, offset, keyLength, 0);
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether it has to be sent before anything is added. */
  public boolean isFull() {
    return count == MOST_REQUESTS || length >= FULL_BYTES;
  }

  /** Requests in it. */
  public int count() {
    return count;
  }

  /** Empties it for the next use. */
  public void clear() {
    count = 0;
    length = 0;
    deletes.clear();
  }

  boolean isDelete(int index) {
    return deletes.get(index);
  }

  /** Size of the item by DynamoDB's rules; 0 for a delete. */
  int size(int index) {
    return sizes[index];
  }

  byte[] array() {
    return bytes;
  }

  /** Where the whole entry begins: {@code {"PutRequest":…}}. */
  int entryOffset(int index) {
    return entryStarts[index];
  }

  int entryLength(int index) {
    return entryStarts[index + 1] - entryStarts[index];
  }

  /** Where the item, or the key of a delete, begins. */
  int documentOffset(int index) {
    return documentStarts[index];
  }

  int documentLength(int index) {
    return entryStarts[index + 1] - END.length - documentStarts[index];
  }

  /** Write units of an entry: one per KB begun; a delete is reckoned as one. */
  int units(int index) {
    return Math.max(1, (sizes[index] + 1023) / 1024);
  }

  private void add(byte[] head, byte[] document, int offset, int documentLength, int itemSize) {
    if (count == MOST_REQUESTS) {
      throw new IllegalStateException("the batch is full");
    }
    room(head.length + documentLength + END.length);
    append(head, 0, head.length);
    documentStarts[count] = length;
    append(document, offset, documentLength);
    append(END, 0, END.length);
    sizes[count] = itemSize;
    entryStarts[++count] = length;
  }

  private void append(byte[] source, int offset, int sourceLength) {
    System.arraycopy(source, offset, bytes, length, sourceLength);
    length += sourceLength;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
