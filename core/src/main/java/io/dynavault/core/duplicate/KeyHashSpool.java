// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.duplicate;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds hashes that were added more than once, in bounded memory: eight bytes an item, and from a
 * million items on in temporary files by the hash's first byte. Safe for several threads.
 */
public final class KeyHashSpool implements AutoCloseable {
  /** At a billion items a partition has four million: 32 MB while it is sorted. */
  private static final int PARTITIONS = 256;

  private static final int FIRST_BUFFER = 1024;

  private final int maxBuffered;
  private long[] buffer = new long[FIRST_BUFFER];
  private int buffered;
  private @Nullable TemporaryFolder folder;

  /** A spool that keeps 8 MB in memory. */
  public KeyHashSpool() {
    this(1 << 20);
  }

  /**
   * @param maxBuffered hashes that are kept in memory
   */
  KeyHashSpool(int maxBuffered) {
    this.maxBuffered = maxBuffered;
  }

  /** Adds the first hashes of an array. */
  public synchronized void add(long[] hashes, int count) {
    if (count > buffer.length - buffered) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, buffered + count));
    }
    System.arraycopy(hashes, 0, buffer, buffered, count);
    buffered += count;
    if (buffered >= maxBuffered) {
      spill();
    }
  }

  /**
   * Hashes that were added more than once.
   *
   * @param most after this many the search ends
   */
  public synchronized Set<Long> repeated(int most) {
    Set<Long> repeated = new LinkedHashSet<>();
    if (folder == null) {
      collect(Arrays.copyOf(buffer, buffered), repeated, most);
      return repeated;
    }
    spill();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      collect(read(partition), repeated, most);
    }
    return repeated;
  }

  /** Removes the files. */
  @Override
  public synchronized void close() {
    TemporaryFolder files = folder;
    if (files == null) {
      return;
    }
    try {
      files.close();
      folder = null;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void collect(long[] hashes, Set<Long> repeated, int most) {
    Arrays.sort(hashes);
    for (int at = 1; at < hashes.length && repeated.size() < most; at++) {
      if (hashes[at] == hashes[at - 1]) {
        repeated.add(hashes[at]);
      }
    }
  }

  /** Sorted, the hashes of a partition stand together. */
  private void spill() {
    Arrays.sort(buffer, 0, buffered);
    int from = 0;
    while (from < buffered) {
      int partition = partition(buffer[from]);
      int to = from;
      while (to < buffered && partition(buffer[to]) == partition) {
        to++;
      }
      append(partition, from, to);
      from = to;
    }
    buffered = 0;
  }

  private void append(int partition, int from, int to) {
    ByteBuffer bytes = ByteBuffer.allocate((to - from) * Long.BYTES);
    bytes.asLongBuffer().put(buffer, from, to - from);
    try {
      TemporaryFolder files = folder;
      if (files == null) {
        files = TemporaryFolder.create();
        folder = files;
      }
      Files.write(
          file(files, partition),
          bytes.array(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private long[] read(int partition) {
    TemporaryFolder files = folder;
    try {
      if (files == null || !Files.exists(file(files, partition))) {
        return new long[0];
      }
      byte[] bytes = Files.readAllBytes(file(files, partition));
      long[] hashes = new long[bytes.length / Long.BYTES];
      ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
      return hashes;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static int partition(long hash) {
    return (int) (hash >>> 56);
  }

  private static Path file(TemporaryFolder folder, int partition) {
    return folder.file(Integer.toString(partition));
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("look for duplicate keys", cause);
  }
}
