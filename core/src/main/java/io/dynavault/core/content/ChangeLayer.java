// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.format.FormatException;
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

  private final ExportContent base;
  private final KeySchema keys;
  private final ChangeSource source;
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
    this.partPrefix = requireNonNull(partPrefix, "partPrefix is null");
  }

  /** Reads the changes, unless they were read. */
  void prepare(RunContext context) throws InterruptedException {
    changes(context.stop(), context);
  }

  List<ContentPart> parts() {
    List<ContentPart> parts = new ArrayList<>();
    for (ContentPart part : base.parts()) {
      parts.add(new ContentPart(part.name(), consumer -> readBase(part, consumer)));
    }
    for (int partition = 0; partition < ChangeSpool.PARTITIONS; partition++) {
      int number = partition;
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
    for (int partition = 0; partition < ChangeSpool.PARTITIONS && !found[0]; partition++) {
      readChanged(
          partition,
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

  private void readBase(ContentPart part, ItemConsumer consumer) throws InterruptedException {
    ChangeSpool changed = changes(new StopSignal(), null);
    KeyDigests digests = new KeyDigests(keys);
    part.read(
        (json, offset, length, size) -> {
          if (!changed.contains(digest(digests, json, offset, length))) {
            consumer.item(json, offset, length, size);
          }
        });
  }

  private KeyDigest digest(KeyDigests digests, byte[] json, int offset, int length) {
    try {
      return digests.of(json, offset, length);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to read an item of '" + base.name() + "': " + e.getMessage(),
          e);
    }
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
    ChangeSpool spool = new ChangeSpool();
    boolean filled = false;
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (ChangeSource.File file : source.files()) {
        tasks.add(
            () -> {
              file.read(new Spooling(spool, new KeyDigests(keys), stop, context));
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

  /** Puts the changes of a file into the spool. */
  private record Spooling(
      ChangeSpool spool, KeyDigests digests, StopSignal stop, @Nullable RunContext context)
      implements ChangeSource.Taker {

    @Override
    public void change(
        byte[] json, ChangeLine.Slice key, ChangeLine.@Nullable Slice image, long rank) {
      if (stop.isRequested()) {
        throw stop.interrupted("reading changes");
      }
      KeyDigest digest = digests.of(json, key.offset(), key.length());
      spool.add(digest, rank, json, image);
      if (context != null) {
        context.progress().add(1, 0);
      }
    }
  }
}
