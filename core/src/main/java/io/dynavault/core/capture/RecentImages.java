// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ChangeLine.Slice;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.StreamPage;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the items that were changed last have become, in bounded memory: the next change of one of
 * them must say that it was that before. Where it says something else, a change between them is
 * missing. Images are kept as bytes, because the server writes an item the same way twice nearly
 * always; only where the bytes differ are the items compared as DynamoDB does. Not safe for several
 * threads.
 */
final class RecentImages {
  /** Memory that an entry takes beside its bytes. */
  private static final int OVERHEAD = 160;

  private static final byte[] NO_ITEM = {};

  private final long capacity;
  private final Map<Key, Known> items = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param capacity bytes of memory
   */
  RecentImages(long capacity) {
    this.capacity = capacity;
  }

  /** A key as the bytes of its DynamoDB JSON. */
  private static final class Key {
    private final byte[] json;
    private final int hash;

    Key(byte[] json) {
      this.json = json;
      this.hash = Arrays.hashCode(json);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(json, key.json);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static final class Known {
    private final String sequenceNumber;
    private final byte[] image;

    Known(String sequenceNumber, byte[] image) {
      this.sequenceNumber = sequenceNumber;
      this.image = image;
    }
  }

  /**
   * Takes note of a record.
   *
   * @return whether it agrees with what is known of its item. A record that comes again does, and
   *     changes nothing
   */
  boolean agrees(StreamPage page, int index) {
    Key key = new Key(copy(page.array(), page.keys(index)));
    Known before = items.get(key);
    if (before != null && !page.isAfter(index, before.sequenceNumber)) {
      return true;
    }
    boolean agrees = before == null || same(before.image, page.array(), page.oldImage(index));
    forget(key);
    byte[] image = copy(page.array(), page.newImage(index));
    remember(key, new Known(page.sequenceNumber(index), image));
    return agrees;
  }

  private void remember(Key key, Known known) {
    if (size(key, known) > capacity / 16) {
      return;
    }
    items.put(key, known);
    bytes += size(key, known);
    Iterator<Map.Entry<Key, Known>> oldest = items.entrySet().iterator();
    while (bytes > capacity) {
      Map.Entry<Key, Known> dropped = oldest.next();
      bytes -= size(dropped.getKey(), dropped.getValue());
      oldest.remove();
    }
  }

  private void forget(Key key) {
    Known known = items.remove(key);
    if (known != null) {
      bytes -= size(key, known);
    }
  }

  private static long size(Key key, Known known) {
    return OVERHEAD + (long) key.json.length + known.image.length;
  }

  private static boolean same(byte[] known, byte[] array, @Nullable Slice image) {
    if (image == null || known.length == 0) {
      return image == null && known.length == 0;
    }
    int end = image.offset() + image.length();
    if (Arrays.equals(known, 0, known.length, array, image.offset(), end)) {
      return true;
    }
    try {
      return ItemComparison.same(
          DynamoDbJson.decode(known), DynamoDbJson.decode(array, image.offset(), image.length()));
    } catch (FormatException e) {
      return true; // an item that only the server understands proves nothing
    }
  }

  private static byte[] copy(byte[] array, @Nullable Slice slice) {
    return slice == null
        ? NO_ITEM
        : Arrays.copyOfRange(array, slice.offset(), slice.offset() + slice.length());
  }
}
