// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.benchmark.data.Lines;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.format.export.BareEncoder;
import java.io.IOException;
import java.util.List;

/** Compresses the lines of a backup, and nothing else. The task's table is the shape's label. */
public final class CodecAlone implements Pass {
  private static final int CHUNK = 128 * 1024;

  private final CodecChoice codec;
  private final int items;
  private final List<byte[]> chunks;

  public CodecAlone(Task task) {
    Shape shape = Shape.of(task.table());
    this.codec = CodecChoice.valueOf(task.variant());
    this.items = shape.items();
    this.chunks = Lines.chunks(shape, items, CHUNK);
  }

  @Override
  public long run() throws IOException {
    BareEncoder.run(codec.codec(), chunks);
    return items;
  }
}
