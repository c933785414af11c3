// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.data;

import io.dynavault.format.item.ItemSize;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A table's items in pages of at most 1 MB, as the service cuts them. */
public final class Pages {
  private static final long PAGE_BYTES = 1L << 20;

  private final List<Page> pages;

  private Pages(List<Page> pages) {
    this.pages = List.copyOf(pages);
  }

  /** The first items of a shape. */
  public static Pages of(Shape shape, int items) {
    ItemGenerator generator = new ItemGenerator(shape);
    List<Page> pages = new ArrayList<>();
    Open open = new Open();
    for (int number = 0; number < items; number++) {
      byte[] item = generator.item(number);
      int size = ItemSize.of(item, 0, item.length);
      if (open.itemBytes + size > PAGE_BYTES) {
        pages.add(open.page());
        open = new Open();
      }
      open.add(item, size);
    }
    pages.add(open.page());
    return new Pages(pages);
  }

  public int count() {
    return pages.size();
  }

  /** The page of this number; beyond the last one they begin anew, for tables of any size. */
  public Page get(int number) {
    return pages.get(number % pages.size());
  }

  /** Items of the first pages. */
  public long items(int pageCount) {
    long items = 0;
    for (int i = 0; i < pageCount; i++) {
      items += get(i).items();
    }
    return items;
  }

  /** Size of the first pages' items as DynamoDB counts it. */
  public long itemBytes(int pageCount) {
    long bytes = 0;
    for (int i = 0; i < pageCount; i++) {
      bytes += get(i).itemBytes();
    }
    return bytes;
  }

  /** Bytes of the JSON of the first pages' items. */
  public long jsonBytes(int pageCount) {
    long bytes = 0;
    for (int i = 0; i < pageCount; i++) {
      bytes += get(i).jsonBytes();
    }
    return bytes;
  }

  /** A page in work. */
  private static final class Open {
    private final ByteArrayOutputStream json = new ByteArrayOutputStream(1 << 20);
    private int items;
    private long itemBytes;

    void add(byte[] item, int size) {
      if (items > 0) {
        json.write(',');
      }
      json.writeBytes(item);
      items++;
      itemBytes += size;
    }

    Page page() {
      String head = "{\"Count\":%d,\"ScannedCount\":%d,\"Items\":[".formatted(items, items);
      ByteArrayOutputStream body = new ByteArrayOutputStream(json.size() + head.length() + 1);
      body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(json.toByteArray());
      body.write(']');
      return new Page(items, itemBytes, json.size() - Math.max(0, items - 1), body.toByteArray());
    }
  }
}
