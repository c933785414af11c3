// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which change decides for each key: that of the highest rank. Changes are offered by several
 * threads; then {@link #finish} ends that; then keys are looked up, by several threads.
 *
 * <p>Memory stays small whatever the number of keys: they are divided by their hash, and a part
 * that has no room goes to a temporary file.
 */
final class DecidingChanges {
  private final Partition[] partitions = new Partition[KeyDigest.PARTITIONS];
  private final SpoolFolder folder;

  /** The keys of a part, in memory or, in part or all of them, in a file. */
  private static final class Partition {
    private final RankTable table;
    private @Nullable RankFile file;

    Partition(int memory) {
      table = new RankTable(memory);
    }
  }

  /**
   * @param memory bytes that all keys together may take
   */
  DecidingChanges(long memory, SpoolFolder folder) {
    this.folder = folder;
    int each = (int) Math.min(Integer.MAX_VALUE, memory / KeyDigest.PARTITIONS);
    for (int number = 0; number < KeyDigest.PARTITIONS; number++) {
      partitions[number] = new Partition(each);
    }
  }

  /**
   * Takes in a change.
   *
   * @param rank not negative
   * @param place tells it from all others, and decides between equal ranks
   * @return what has become of it, as far as memory knows: it may still turn out to be outranked
   */
  RankTable.Outcome offer(KeyDigest key, long rank, long place) throws IOException {
    Partition partition = partitions[key.partition()];
    synchronized (partition) {
      if (!partition.table.hasRoom()) {
        spill(partition, key.partition());
      }
      return partition.table.offer(key, rank, place);
    }
  }

  /** Whether it is known by now that another change of the key outranks this one. */
  boolean outranks(KeyDigest key, long rank, long place) {
    Partition partition = partitions[key.partition()];
    synchronized (partition) {
      return partition.table.outranks(key, rank, place);
    }
  }

  private void spill(Partition partition, int number) throws IOException {
    RankFile file = partition.file;
    if (file == null) {
      file = new RankFile(folder.get(), number);
      partition.file = file;
    }
    file.append(partition.table);
    partition.table.clear();
  }

  /** Ends the offers. */
  void finish() throws IOException {
    for (int number = 0; number < partitions.length; number++) {
      Partition partition = partitions[number];
      if (partition.file != null) {
        spill(partition, number);
        partition.file.finish();
      }
    }
  }

  /** Whether the key has changed. */
  boolean contains(KeyDigest key) {
    Partition partition = partitions[key.partition()];
    RankFile file = partition.file;
    return file == null ? partition.table.contains(key) : file.contains(key);
  }

  /** Whether the change at this place decides for the key. */
  boolean decides(KeyDigest key, long place) {
    Partition partition = partitions[key.partition()];
    RankFile file = partition.file;
    return file == null ? partition.table.decides(key, place) : file.decides(key, place);
  }
}
