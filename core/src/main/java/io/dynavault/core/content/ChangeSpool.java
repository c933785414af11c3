// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a chain's windows, in temporary files by the hash of their keys, of which the last
 * one of each key counts. Changes are added by several threads; then {@link #finish} sorts them;
 * then keys are looked up and images are read, by several threads. Memory stays small whatever the
 * number of changes: a partition is sorted at a time, and sorted keys are mapped, not read.
 */
final class ChangeSpool implements AutoCloseable {
  /** At a hundred million changes a partition has four hundred thousand. */
  static final int PARTITIONS = 256;

  private static final int BUFFER = 16 * 1024;

  /** Key, window, time and length; the image follows. */
  private static final int HEAD = 2 * Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

  private static final int DELETED = -1;

  private final TemporaryFolder folder;
  private final @Nullable DataOutputStream[] outputs = new DataOutputStream[PARTITIONS];
  private final LongBuffer[] keys = new LongBuffer[PARTITIONS];
  private final BitSet[] live = new BitSet[PARTITIONS];
  private long images;

  /** Takes images one by one, valid during the call only. */
  @FunctionalInterface
  interface Images {
    void image(byte[] json, int length) throws InterruptedException;
  }

  ChangeSpool() {
    try {
      folder = TemporaryFolder.create();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Adds a change.
   *
   * @param window its number; later ones win, in one window the later time
   * @param image the item, or null if it was deleted
   */
  void add(KeyDigest key, int window, long writeMicros, @Nullable ByteBuffer image) {
    int partition = key.partition();
    try {
      DataOutputStream out = output(partition);
      synchronized (out) {
        out.writeLong(key.high());
        out.writeLong(key.low());
        out.writeInt(window);
        out.writeLong(writeMicros);
        out.writeInt(image == null ? DELETED : image.remaining());
        if (image != null) {
          out.write(image.array(), image.arrayOffset() + image.position(), image.remaining());
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Ends adding: finds the last change of each key. */
  void finish() {
    closeOutputs();
    try {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        sort(partition);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Whether the key has changed, so that the item in the base no longer counts. */
  boolean contains(KeyDigest key) {
    LongBuffer sorted = keys[key.partition()];
    int from = 0;
    int to = sorted.limit() / 2 - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = Long.compareUnsigned(sorted.get(2 * middle), key.high());
      if (order == 0) {
        order = Long.compareUnsigned(sorted.get(2 * middle + 1), key.low());
      }
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return false;
  }

  /** Items that the last changes of their keys have put, not deleted. */
  long images() {
    return images;
  }

  /** Hands out the images of a partition that count. */
  void read(int partition, Images consumer) throws InterruptedException {
    if (live[partition].isEmpty()) {
      return;
    }
    try (DataInputStream in = input(partition)) {
      byte[] image = new byte[BUFFER];
      byte[] head = new byte[HEAD];
      int last = live[partition].length() - 1;
      for (int index = 0; index <= last; index++) {
        in.readFully(head);
        int length = ByteBuffer.wrap(head).getInt(HEAD - Integer.BYTES);
        if (length > image.length) {
          image = new byte[Math.max(length, 2 * image.length)];
        }
        in.readFully(image, 0, Math.max(0, length));
        if (live[partition].get(index)) {
          consumer.image(image, length);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes the files. */
  @Override
  public void close() {
    try {
      closeOutputs();
    } finally {
      delete();
    }
  }

  /** The last change of a key while a partition is looked through. */
  private record Last(int index, int window, long writeMicros, boolean deleted) {
    boolean isBefore(int otherWindow, long otherMicros) {
      return window < otherWindow || (window == otherWindow && writeMicros <= otherMicros);
    }
  }

  private void sort(int partition) throws IOException {
    Map<KeyDigest, Last> last = lastChanges(partition);
    BitSet images = new BitSet();
    KeyDigest[] sorted = last.keySet().toArray(KeyDigest[]::new);
    Arrays.sort(sorted);
    byte[] content = new byte[sorted.length * 2 * Long.BYTES];
    ByteBuffer bytes = ByteBuffer.wrap(content);
    for (KeyDigest key : sorted) {
      bytes.putLong(key.high()).putLong(key.low());
      Last change = last.get(key);
      if (change != null && !change.deleted()) {
        images.set(change.index());
      }
    }
    live[partition] = images;
    this.images += images.cardinality();
    keys[partition] = map(partition, content);
  }

  private LongBuffer map(int partition, byte[] content) throws IOException {
    if (content.length == 0) {
      return LongBuffer.allocate(0);
    }
    Path file = folder.file(partition + ".keys");
    Files.write(file, content);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).asLongBuffer();
    }
  }

  private Map<KeyDigest, Last> lastChanges(int partition) throws IOException {
    Map<KeyDigest, Last> last = new HashMap<>();
    if (!Files.exists(file(partition))) {
      return last;
    }
    try (DataInputStream in = input(partition)) {
      byte[] head = new byte[HEAD];
      int index = 0;
      while (in.readNBytes(head, 0, HEAD) == HEAD) {
        ByteBuffer values = ByteBuffer.wrap(head);
        KeyDigest key = new KeyDigest(values.getLong(), values.getLong());
        int window = values.getInt();
        long micros = values.getLong();
        int length = values.getInt();
        Last before = last.get(key);
        if (before == null || before.isBefore(window, micros)) {
          last.put(key, new Last(index, window, micros, length == DELETED));
        }
        in.skipNBytes(Math.max(0, length));
        index++;
      }
      return last;
    } catch (EOFException e) {
      throw new IOException("a temporary file ends inside a change", e);
    }
  }

  private DataInputStream input(int partition) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(Files.newInputStream(file(partition)), BUFFER));
  }

  private synchronized DataOutputStream output(int partition) throws IOException {
    DataOutputStream output = outputs[partition];
    if (output == null) {
      output =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file(partition)), BUFFER));
      outputs[partition] = output;
    }
    return output;
  }

  /** Closes all, also behind one that fails: on a full disk many do. */
  private void closeOutputs() {
    IOException failure = null;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      DataOutputStream output = outputs[partition];
      try {
        if (output != null) {
          output.close();
        }
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failed(failure);
    }
  }

  private void delete() {
    try {
      folder.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Path file(int partition) {
    return folder.file(Integer.toString(partition));
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("apply changes", cause);
  }
}
