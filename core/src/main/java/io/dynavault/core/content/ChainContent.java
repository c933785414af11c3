// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeReader;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The items of a table at the end of a chain of exports: those of the full export whose keys have
 * not changed since, and the last images of those that have. The changes are read first, into
 * temporary files; then the base is read past them, once, as fast as any other export. Closing
 * removes the files.
 */
public final class ChainContent implements ItemContent {
  private static final int READERS = 4;

  private final ExportContent base;
  private final List<ExportContent> windows;
  private final KeyReader keys;
  private final Instant end;
  private @Nullable ChangeSpool changes;

  private ChainContent(
      ExportContent base, List<ExportContent> windows, KeySchema keys, Instant end) {
    this.base = base;
    this.windows = List.copyOf(windows);
    this.keys = new KeyReader(keys);
    this.end = end;
  }

  /**
   * Opens base and windows. Their manifests have to agree with their records.
   *
   * @throws DynavaultException {@code DAMAGED} where they do not, or are not whole
   */
  public static ChainContent open(ObjectStore store, ExportChain chain) {
    requireNonNull(chain, "chain is null");
    List<ExportContent> windows = new ArrayList<>();
    for (RecoveryPoint window : chain.windows()) {
      windows.add(ExportContent.openAny(store, window));
    }
    return new ChainContent(
        ExportContent.open(store, chain.base()),
        windows,
        chain.base().table().keySchema(),
        chain.end());
  }

  /**
   * A chain without records. Its keys are those that its changes name; where there are none, the
   * base is all that there is.
   *
   * @param windows oldest first
   * @param end the moment of which the state is
   */
  static ItemContent open(ExportContent base, List<ExportContent> windows, Instant end) {
    Optional<KeySchema> keys = ChangedKeys.of(windows);
    return keys.isPresent() ? new ChainContent(base, windows, keys.get(), end) : base;
  }

  @Override
  public String name() {
    return last().name();
  }

  private ExportContent last() {
    return windows.isEmpty() ? base : windows.get(windows.size() - 1);
  }

  @Override
  public ObjectStore store() {
    return base.store();
  }

  @Override
  public Optional<RecoveryPoint> recoveryPoint() {
    return last().recoveryPoint();
  }

  @Override
  public String tableId() {
    return base.tableId();
  }

  @Override
  public long itemCount() {
    long images = windows.stream().mapToLong(ExportContent::itemCount).sum();
    return base.itemCount() + images;
  }

  @Override
  public boolean isCounted() {
    return windows.isEmpty();
  }

  @Override
  public long itemBytes() {
    return base.itemBytes() + windows.stream().mapToLong(ExportContent::itemBytes).sum();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(base.notes());
    windows.forEach(window -> notes.addAll(window.notes()));
    notes.add(
        "the %d items of full export '%s' are joined with %d changes up to %s"
            .formatted(base.itemCount(), baseName(), itemCount() - base.itemCount(), end));
    return notes;
  }

  private String baseName() {
    return base.recoveryPoint().map(point -> point.id().value()).orElseGet(base::name);
  }

  @Override
  public void requireFiles() {
    base.requireFiles();
    windows.forEach(ExportContent::requireFiles);
  }

  @Override
  public void prepare(RunContext context) throws InterruptedException {
    if (changes == null) {
      context.progress().begin("reading changes", itemCount() - base.itemCount(), 0);
    }
    changes(context.stop(), () -> context.progress().add(1, 0));
  }

  @Override
  public List<ContentPart> parts() {
    List<ContentPart> parts = new ArrayList<>();
    for (ContentPart part : base.parts()) {
      parts.add(new ContentPart(part.name(), consumer -> readBase(part, consumer)));
    }
    for (int partition = 0; partition < ChangeSpool.PARTITIONS; partition++) {
      int number = partition;
      parts.add(new ContentPart("changes " + number, consumer -> readChanged(number, consumer)));
    }
    return parts;
  }

  @Override
  public void readFirst(ItemConsumer consumer) throws InterruptedException {
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
    ChangeSpool changed = changes(new StopSignal(), () -> {});
    part.read(
        (json, offset, length, size) -> {
          if (!changed.contains(digest(json, offset, length))) {
            consumer.item(json, offset, length, size);
          }
        });
  }

  private void readChanged(int partition, ItemConsumer consumer) throws InterruptedException {
    changes(new StopSignal(), () -> {})
        .read(
            partition,
            (json, length) -> consumer.item(json, 0, length, ItemSize.of(json, 0, length)));
  }

  private KeyDigest digest(byte[] json, int offset, int length) {
    try {
      return KeyDigest.of(keys, json, offset, length);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to read an item of '" + base.name() + "': " + e.getMessage(),
          e);
    }
  }

  private synchronized ChangeSpool changes(StopSignal stop, Runnable progress)
      throws InterruptedException {
    ChangeSpool read = changes;
    if (read != null) {
      return read;
    }
    ChangeSpool spool = new ChangeSpool();
    boolean filled = false;
    try {
      new Parallel("changes", READERS).run(tasks(spool, stop, progress));
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

  private List<Callable<Boolean>> tasks(ChangeSpool spool, StopSignal stop, Runnable progress) {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      ExportContent content = windows.get(window);
      int number = window;
      for (ExportFile file : content.export().files()) {
        tasks.add(
            () -> {
              content.readChanges(
                  file,
                  change -> {
                    if (stop.isRequested()) {
                      throw stop.interrupted("reading changes");
                    }
                    add(change, number, spool);
                    progress.run();
                  });
              return true;
            });
      }
    }
    return tasks;
  }

  private void add(ChangeReader change, int window, ChangeSpool spool) {
    byte[] json = change.array();
    ChangeLine.Slice key = change.keys();
    KeyDigest digest = KeyDigest.of(keys, json, key.offset(), key.length());
    ChangeLine.Slice image = change.newImage();
    ByteBuffer bytes = null;
    if (image != null) {
      if (!KeyDigest.of(keys, json, image.offset(), image.length()).equals(digest)) {
        throw new FormatException("a change has another key than its image");
      }
      bytes = ByteBuffer.wrap(json, image.offset(), image.length());
    }
    spool.add(digest, window, change.writeMicros(), bytes);
  }

  /** Takes the changes of a file one by one. */
  @FunctionalInterface
  interface Changes {
    void change(ChangeReader change) throws IOException;
  }
}
