// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import io.dynavault.format.item.ChangeLine.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Changes of keys, of which the one of the highest rank counts for each. Changes are added by
 * several threads; then {@link #finish} finds those that count; then keys are looked up and images
 * are read, by several threads.
 *
 * <p>Memory stays small whatever the number of changes: keys are divided by their hash, and a part
 * that has no room goes to temporary files. What cannot count because a change of the same key in
 * memory does is dropped before.
 */
final class ChangeSpool implements AutoCloseable {
  /** At a hundred million changes a partition has four hundred thousand. */
  static final int PARTITIONS = 256;

  private static final int MEMORY = 32 << 20;
  private static final Slice NOTHING = new Slice(0, SpoolPartition.DELETED, 0);

  private final SpoolPartition[] partitions = new SpoolPartition[PARTITIONS];
  private final @Nullable SpoolFile[] files = new SpoolFile[PARTITIONS];
  private @Nullable TemporaryFolder folder;
  private long images;

  ChangeSpool() {
    this(MEMORY);
  }

  /**
   * @param memory bytes that all changes together may take
   */
  ChangeSpool(int memory) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      partitions[partition] = new SpoolPartition(memory / PARTITIONS);
    }
  }

  /**
   * Adds a change.
   *
   * @param rank not negative; the highest of a key's counts
   * @param image in {@code json}; null if there is no item then
   */
  void add(KeyDigest key, long rank, byte[] json, @Nullable Slice image) {
    int number = key.partition();
    SpoolPartition partition = partitions[number];
    try {
      synchronized (partition) {
        partition.add(key, rank, json, image == null ? NOTHING : image, full -> spill(number));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Ends adding: finds the change of each key that counts. */
  void finish() {
    try {
      for (int number = 0; number < PARTITIONS; number++) {
        if (files[number] != null) {
          spill(number);
          partitions[number].clear();
        }
        SpoolFile file = files[number];
        images += file == null ? partitions[number].images() : file.finish();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Whether the key has changed, so that the item in the base no longer counts. */
  boolean contains(KeyDigest key) {
    SpoolFile file = files[key.partition()];
    return file == null
        ? partitions[key.partition()].contains(key.high(), key.low())
        : file.contains(key.high(), key.low());
  }

  /** Items that are there by the changes of their keys that count. */
  long images() {
    return images;
  }

  /** Hands out the images of a partition that count. */
  void read(int number, ItemConsumer consumer) throws InterruptedException {
    SpoolFile file = files[number];
    if (file == null) {
      partitions[number].each(
          (high, low, rank, json, image) -> {
            if (image.length() != SpoolPartition.DELETED) {
              consumer.item(json, image.offset(), image.length(), image.size());
            }
          });
      return;
    }
    try {
      file.read(consumer);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes the files. */
  @Override
  public synchronized void close() {
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void spill(int number) throws IOException {
    SpoolFile file = files[number];
    if (file == null) {
      file = new SpoolFile(folder(), number);
      files[number] = file;
    }
    file.append(partitions[number]);
  }

  private synchronized TemporaryFolder folder() throws IOException {
    TemporaryFolder made = folder;
    if (made == null) {
      made = TemporaryFolder.create();
      folder = made;
    }
    return made;
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("apply changes", cause);
  }
}
