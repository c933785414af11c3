// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Changes that lie over the items of a base. They are read first, into temporary files where memory
 * has no room; then the base is read past them, once, as fast as any other export. Safe for several
 * threads.
 */
final class ChangeLayer implements AutoCloseable {
  /** Change files are many and small: a reader waits for the store most of the time. */
  private static final int READERS = 8;

  /** Parts of the changes; a part is what is read, written or gone on with at a time. */
  private static final int MOST_STREAMS = 256;

  private final ExportContent base;
  private final KeySchema keys;
  private final ChangeSource source;
  private final int streams;
  private final String partPrefix;
  private @Nullable ChangeSpool changes;

  /**
   * @param partPrefix how the names of the parts begin that have changed items; the same for the
   *     same base and changes only
   */
  ChangeLayer(ExportContent base, KeySchema keys, ChangeSource source, String partPrefix) {
    this.base = requireNonNull(base, "base is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.source = requireNonNull(source, "source is null");
    this.streams = Math.min(source.files(), MOST_STREAMS);
    this.partPrefix = requireNonNull(partPrefix, "partPrefix is null");
  }

  /** Reads the changes, unless they were read. */
  void prepare(RunContext context) throws InterruptedException {
    changes(context.stop(), context);
  }

  List<ContentPart> parts() {
    List<ContentPart> parts = new ArrayList<>();
    for (ExportFile file : base.export().files()) {
      parts.add(new ContentPart(file.key(), consumer -> readBase(file, consumer)));
    }
    for (int stream = 0; stream < streams; stream++) {
      int number = stream;
      parts.add(new ContentPart(partPrefix + number, consumer -> readChanged(number, consumer)));
    }
    return parts;
  }

  void readFirst(ItemConsumer consumer) throws InterruptedException {
    if (base.itemCount() > 0) {
      base.readFirst(consumer);
      return;
    }
    boolean[] found = {false};
    for (int stream = 0; stream < streams && !found[0]; stream++) {
      readChanged(
          stream,
          (json, offset, length, size) -> {
            if (!found[0]) {
              found[0] = true;
              consumer.item(json, offset, length, size);
            }
          });
    }
  }

  @Override
  public synchronized void close() {
    if (changes != null) {
      changes.close();
      changes = null;
    }
  }

  private void readBase(ExportFile file, ItemConsumer consumer) throws InterruptedException {
    ChangeSpool changed = changes(new StopSignal(), null);
    KeyDigests digests = new KeyDigests(keys);
    base.read(
        file,
        (json, offset, length) -> !changed.contains(digests.of(json, offset, length)),
        consumer);
  }

  private void readChanged(int partition, ItemConsumer consumer) throws InterruptedException {
    changes(new StopSignal(), null).read(partition, consumer);
  }

  private synchronized ChangeSpool changes(StopSignal stop, @Nullable RunContext context)
      throws InterruptedException {
    ChangeSpool read = changes;
    if (read != null) {
      return read;
    }
    if (context != null) {
      context.progress().begin("reading changes", source.changes(), 0);
    }
    ChangeSpool spool = new ChangeSpool(streams);
    boolean filled = false;
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int stream = streams - 1; stream >= 0; stream--) {
        int number = stream;
        tasks.add(
            () -> {
              fill(spool, number, stop, context);
              return true;
            });
      }
      new Parallel("changes", READERS).run(tasks);
      spool.finish();
      filled = true;
      changes = spool;
      return spool;
    } finally {
      if (!filled) {
        spool.close();
      }
    }
  }

  /** Later changes tend to decide: they come first, so that the images of others are left out. */
  private void fill(ChangeSpool spool, int stream, StopSignal stop, @Nullable RunContext context)
      throws InterruptedException {
    KeyDigests digests = new KeyDigests(keys);
    try (ChangeSpool.Writer writer = spool.write(stream)) {
      source.readBackwards(
          firstFile(stream),
          firstFile(stream + 1),
          file -> {
            Spooling taker = new Spooling(writer, digests, stop);
            file.read(taker);
            if (context != null) {
              context.progress().add(taker.changes, 0);
            }
          });
      writer.end();
    }
  }

  /** Files are dealt out in their order. */
  private int firstFile(int stream) {
    return (int) ((long) stream * source.files() / streams);
  }

  /** Puts the changes of a file into the spool. */
  private static final class Spooling implements ChangeSource.Taker {
    private final ChangeSpool.Writer writer;
    private final KeyDigests digests;
    private final StopSignal stop;
    private long changes;

    Spooling(ChangeSpool.Writer writer, KeyDigests digests, StopSignal stop) {
      this.writer = writer;
      this.digests = digests;
      this.stop = stop;
    }

    @Override
    public boolean change(byte[] json, ChangeLine.Slice key, long rank) {
      if (stop.isRequested()) {
        throw stop.interrupted("reading changes");
      }
      changes++;
      return writer.add(digests.of(json, key.offset(), key.length()), rank);
    }

    @Override
    public void image(byte[] json, ChangeLine.@Nullable Slice image) {
      if (image != null) {
        writer.image(json, image);
      }
    }
  }
}
