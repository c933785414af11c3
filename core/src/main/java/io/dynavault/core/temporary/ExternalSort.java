// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.temporary;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Any number of records in the order of their keys, in bounded memory: what does not fit goes into
 * sorted temporary files, which are merged. Records are added by any number of threads and then
 * read by one. Those with the same key come in no order.
 */
public final class ExternalSort implements AutoCloseable {
  /** Bytes of records that are held in memory: less in a small heap, which others need, too. */
  public static final int MEMORY = (int) Math.min(32 << 20, Runtime.getRuntime().maxMemory() / 8);

  /** Files that are merged at once: each has a buffer and is open. */
  private static final int FAN_IN = 64;

  private static final int BUFFER = 64 * 1024;
  private static final int OVERHEAD = 64;
  private static final Comparator<Entry> ORDER = (a, b) -> Arrays.compareUnsigned(a.key(), b.key());

  private final String goal;
  private final long memory;
  private final List<Entry> held = new ArrayList<>();

  /** Files of records, by how often their records have been merged. */
  private final List<List<Path>> runs = new ArrayList<>();

  private @Nullable TemporaryFolder folder;
  private long heldBytes;
  private int files;

  /** Takes records one by one. */
  @FunctionalInterface
  public interface Records {
    /** Returns whether to go on. */
    boolean record(byte[] key, byte[] value) throws InterruptedException;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  private record Entry(byte[] key, byte[] value) {
    long size() {
      return (long) key.length + value.length + OVERHEAD;
    }
  }

  /**
   * @param goal what cannot be done if temporary files cannot be used, such as {@code list changes}
   * @param memory bytes of records to hold in memory, such as {@link #MEMORY}
   */
  public ExternalSort(String goal, long memory) {
    this.goal = requireNonNull(goal, "goal is null");
    this.memory = memory;
  }

  /**
   * Adds a record; the arrays become this object's own.
   *
   * @param key sorts by its unsigned bytes
   */
  public synchronized void add(byte[] key, byte[] value) {
    Entry entry = new Entry(key, value);
    held.add(entry);
    heldBytes += entry.size();
    if (heldBytes > memory) {
      try {
        spill();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /**
   * Hands out all records in order, once.
   *
   * @throws DynavaultException {@code STORE_FAILED} where temporary files cannot be used
   */
  public synchronized void read(Records consumer) throws InterruptedException {
    held.sort(ORDER);
    List<Path> all = runs.stream().flatMap(List::stream).toList();
    try (Merge merge = new Merge(all, held)) {
      for (Entry entry = merge.next(); entry != null; entry = merge.next()) {
        if (!consumer.record(entry.key(), entry.value())) {
          return;
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes the files. */
  @Override
  public synchronized void close() {
    held.clear();
    if (folder != null) {
      try {
        folder.close();
        folder = null;
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private void spill() throws IOException {
    held.sort(ORDER);
    Path file = newFile();
    try (DataOutputStream out = output(file)) {
      for (Entry entry : held) {
        write(out, entry);
      }
    }
    held.clear();
    heldBytes = 0;
    keep(file, 0);
  }

  private void keep(Path file, int level) throws IOException {
    if (runs.size() == level) {
      runs.add(new ArrayList<>());
    }
    List<Path> peers = runs.get(level);
    peers.add(file);
    if (peers.size() == FAN_IN) {
      Path merged = newFile();
      try (Merge merge = new Merge(peers, List.of());
          DataOutputStream out = output(merged)) {
        for (Entry entry = merge.next(); entry != null; entry = merge.next()) {
          write(out, entry);
        }
      }
      for (Path peer : peers) {
        Files.delete(peer);
      }
      peers.clear();
      keep(merged, level + 1);
    }
  }

  private Path newFile() throws IOException {
    TemporaryFolder used = folder;
    if (used == null) {
      used = TemporaryFolder.create();
      folder = used;
    }
    return used.file("run-" + files++);
  }

  private static DataOutputStream output(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
  }

  private static void write(DataOutputStream out, Entry entry) throws IOException {
    out.writeInt(entry.key().length);
    out.writeInt(entry.value().length);
    out.write(entry.key());
    out.write(entry.value());
  }

  private DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed(goal, cause);
  }

  /** The records of several sorted sources, in order. */
  private static final class Merge implements Closeable {
    private final PriorityQueue<Source> sources =
        new PriorityQueue<>((a, b) -> ORDER.compare(a.current(), b.current()));

    Merge(List<Path> files, List<Entry> held) throws IOException {
      boolean opened = false;
      try {
        for (Path file : files) {
          add(new FileSource(file));
        }
        add(new HeldSource(held));
        opened = true;
      } finally {
        if (!opened) {
          close();
        }
      }
    }

    private void add(Source source) throws IOException {
      boolean more = false;
      try {
        more = source.advance();
      } finally {
        if (!more) {
          source.close();
        }
      }
      if (more) {
        sources.add(source);
      }
    }

    @Nullable Entry next() throws IOException {
      Source first = sources.poll();
      if (first == null) {
        return null;
      }
      Entry entry = first.current();
      add(first);
      return entry;
    }

    @Override
    public void close() throws IOException {
      for (Source source : sources) {
        source.close();
      }
    }
  }

  /** Sorted records that are gone through once. */
  private interface Source extends Closeable {
    /** Moves to the next record; false at the end. */
    boolean advance() throws IOException;

    Entry current();
  }

  private static final class HeldSource implements Source {
    private final List<Entry> entries;
    private int index = -1;

    HeldSource(List<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public boolean advance() {
      return ++index < entries.size();
    }

    @Override
    public Entry current() {
      return entries.get(index);
    }

    @Override
    public void close() {}
  }

  private static final class FileSource implements Source {
    private final DataInputStream in;
    private long left;
    private Entry entry = new Entry(new byte[0], new byte[0]);

    FileSource(Path file) throws IOException {
      left = Files.size(file);
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    @Override
    public boolean advance() throws IOException {
      if (left == 0) {
        return false;
      }
      byte[] key = new byte[in.readInt()];
      byte[] value = new byte[in.readInt()];
      in.readFully(key);
      in.readFully(value);
      left -= 2L * Integer.BYTES + key.length + value.length;
      entry = new Entry(key, value);
      return true;
    }

    @Override
    public Entry current() {
      return entry;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
