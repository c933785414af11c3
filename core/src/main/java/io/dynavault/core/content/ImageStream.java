// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.format.item.ChangeLine.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The images of some changes in the order in which they were read: in memory if there is room, else
 * in a temporary file. One thread adds and ends; then any reads.
 *
 * <p>An image that has lost to another one by the time memory is full is not written. So a key that
 * changes all the time takes little of the disk.
 */
final class ImageStream implements AutoCloseable {
  private static final int FIRST_BUFFER = 16 * 1024;
  private static final int WRITE = 64 * 1024;

  /** Images are sorted out if one in so many has replaced another one. */
  private static final int REPLACED_PART = 8;

  private final DecidingChanges deciding;
  private final SpoolFolder folder;
  private final String name;
  private final int maxBuffer;
  private byte[] buffer = {};
  private int used;
  private int entries;
  private int replaced;
  private @Nullable Path file;
  private @Nullable OutputStream out;

  /**
   * @param name of its file
   * @param maxBuffer bytes in memory while it is written, but for one image that is longer
   */
  ImageStream(DecidingChanges deciding, SpoolFolder folder, String name, int maxBuffer) {
    this.deciding = deciding;
    this.folder = folder;
    this.name = name;
    this.maxBuffer = maxBuffer;
  }

  /**
   * Adds an image.
   *
   * @param outcome what has become of its change
   */
  void add(
      RankTable.Outcome outcome, KeyDigest key, long rank, long place, byte[] json, Slice image)
      throws IOException {
    int bytes = ImageEntries.HEAD + image.length();
    makeRoom(bytes);
    ImageEntries.head(buffer, used, key, rank, place, image);
    System.arraycopy(json, image.offset(), buffer, used + ImageEntries.HEAD, image.length());
    used += bytes;
    entries++;
    replaced += outcome == RankTable.Outcome.REPLACES ? 1 : 0;
  }

  private void makeRoom(int bytes) throws IOException {
    if (used > 0 && used + bytes > maxBuffer) {
      if (replaced > entries / REPLACED_PART) {
        sortOut();
      }
      if (used + bytes > maxBuffer / 2) {
        write();
      }
    }
    if (used + bytes > buffer.length) {
      int doubled = Math.min(maxBuffer, Math.max(FIRST_BUFFER, 2 * buffer.length));
      buffer = Arrays.copyOf(buffer, Math.max(used + bytes, doubled));
    }
  }

  /** Keeps the images only that may decide, by what is known now. */
  private void sortOut() throws IOException {
    ImageEntries found = ImageEntries.of(buffer, used);
    int kept = 0;
    entries = 0;
    replaced = 0;
    while (found.next()) {
      if (!deciding.outranks(found.key(), found.rank(), found.place())) {
        int bytes = ImageEntries.HEAD + found.length();
        System.arraycopy(buffer, found.offset() - ImageEntries.HEAD, buffer, kept, bytes);
        kept += bytes;
        entries++;
      }
    }
    used = kept;
  }

  private void write() throws IOException {
    OutputStream target = out;
    if (target == null) {
      Path path = folder.get().file(name);
      target = Files.newOutputStream(path);
      file = path;
      out = target;
    }
    for (int from = 0; from < used; from += WRITE) {
      target.write(buffer, from, Math.min(WRITE, used - from));
    }
    used = 0;
    entries = 0;
    replaced = 0;
  }

  /**
   * Ends adding.
   *
   * @param room bytes that streams may keep in memory; is reduced by what this one keeps
   */
  void end(AtomicLong room) throws IOException {
    if (file == null) {
      if (room.addAndGet(-used) >= 0) {
        buffer = Arrays.copyOf(buffer, used);
        return;
      }
      room.addAndGet(used);
    }
    write();
    buffer = new byte[0];
    close();
  }

  /** Hands out the images of the changes that decide. */
  void read(ItemConsumer consumer) throws IOException, InterruptedException {
    if (file == null) {
      read(ImageEntries.of(buffer, used), consumer);
      return;
    }
    try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
      read(ImageEntries.of(source), consumer);
    }
  }

  private void read(ImageEntries found, ItemConsumer consumer)
      throws IOException, InterruptedException {
    while (found.next()) {
      if (deciding.decides(found.key(), found.place())) {
        consumer.item(found.array(), found.offset(), found.length(), found.size());
      }
    }
  }

  /** Closes the file, which stays. */
  @Override
  public void close() throws IOException {
    OutputStream open = out;
    if (open != null) {
      out = null;
      open.close();
    }
  }
}
