// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Items as the lines of a data file. */
public final class Lines {
  private static final byte[] BEFORE = "{\"Item\":".getBytes(US_ASCII);
  private static final byte[] AFTER = "}\n".getBytes(US_ASCII);

  private Lines() {}

  /** The first items of a shape, in pieces of at least so many bytes. */
  public static List<byte[]> chunks(Shape shape, int items, int chunkBytes) {
    ItemGenerator generator = new ItemGenerator(shape);
    List<byte[]> chunks = new ArrayList<>();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(chunkBytes * 2);
    for (int number = 0; number < items; number++) {
      chunk.writeBytes(BEFORE);
      chunk.writeBytes(generator.item(number));
      chunk.writeBytes(AFTER);
      if (chunk.size() >= chunkBytes || number == items - 1) {
        chunks.add(chunk.toByteArray());
        chunk.reset();
      }
    }
    return chunks;
  }
}
