// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.format.item.ChangeLine.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private ByteBuffer buffer = ByteBuffer.allocate(0);
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
    makeRoom(ImageEntries.HEAD + image.length());
    ImageEntries.head(buffer, key, rank, place, image.length(), image.size());
    buffer.put(json, image.offset(), image.length());
    entries++;
    replaced += outcome == RankTable.Outcome.REPLACES ? 1 : 0;
  }

  private void makeRoom(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    if (buffer.position() > 0 && buffer.position() + bytes > maxBuffer) {
      if (replaced > entries / REPLACED_PART) {
        sortOut();
      }
      if (buffer.position() + bytes > maxBuffer / 2) {
        write();
      }
    }
    int wanted = buffer.position() + bytes;
    if (wanted > buffer.capacity()) {
      int doubled = Math.min(maxBuffer, Math.max(FIRST_BUFFER, 2 * buffer.capacity()));
      buffer = ByteBuffer.allocate(Math.max(wanted, doubled)).put(buffer.flip());
    }
  }

  /** Keeps the images only that may decide, by what is known now. */
  private void sortOut() throws IOException {
    ByteBuffer all = buffer;
    ImageEntries found = ImageEntries.of(all.array(), all.position());
    buffer = ByteBuffer.allocate(all.capacity());
    entries = 0;
    replaced = 0;
    while (found.next()) {
      if (!deciding.outranks(found.key(), found.rank(), found.place())) {
        int length = ImageEntries.HEAD + found.length();
        buffer.put(all.array(), found.offset() - ImageEntries.HEAD, length);
        entries++;
      }
    }
  }

  private void write() throws IOException {
    OutputStream target = out;
    if (target == null) {
      Path path = folder.get().file(name);
      target = Files.newOutputStream(path);
      file = path;
      out = target;
    }
    for (int from = 0; from < buffer.position(); from += WRITE) {
      target.write(buffer.array(), from, Math.min(WRITE, buffer.position() - from));
    }
    buffer.clear();
    entries = 0;
    replaced = 0;
  }

  /**
   * Ends adding.
   *
   * @param room bytes that streams may keep in memory; is reduced by what this one keeps
   */
  void end(AtomicLong room) throws IOException {
    int used = buffer.position();
    if (file == null) {
      if (room.addAndGet(-used) >= 0) {
        buffer = ByteBuffer.allocate(used).put(buffer.flip());
        return;
      }
      room.addAndGet(used);
    }
    write();
    buffer = ByteBuffer.allocate(0);
    close();
  }

  /** Hands out the images of the changes that decide. */
  void read(ItemConsumer consumer) throws IOException, InterruptedException {
    if (file == null) {
      read(ImageEntries.of(buffer.array(), buffer.position()), consumer);
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
