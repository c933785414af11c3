// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.write.ItemSwap;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.JsonBuffer;
import io.dynavault.format.item.KeyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes an undo file: what each item is and what it becomes, on disk before the item is written.
 * The format is in docs/format/undo.md. The file is made with the first item, readable by its owner
 * only, since it has what the table has. Safe for several threads.
 */
public final class UndoWriter implements AutoCloseable {
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

  private final Path file;
  private final UndoHeader header;
  private final KeyReader keys;
  private @Nullable FileChannel channel;
  private long swaps;
  private long notDone;

  private UndoWriter(Path file, UndoHeader header, KeyReader keys) {
    this.file = requireNonNull(file, "file is null");
    this.header = requireNonNull(header, "header is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  /**
   * A writer for a new file, compressed with gzip if its name ends with {@code .gz}.
   *
   * @throws DynavaultException {@code USAGE} if the file exists or cannot be made
   */
  public static UndoWriter create(Path file, UndoHeader header, KeyReader keys) {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "file has no folder");
    if (Files.exists(file)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to write the undo file '" + file + "': it exists",
          "name another one with --undo-file; one that exists is the way back of another run");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to write the undo file '" + file + "': its folder cannot be written",
          "name a file in a folder that can be written with --undo-file");
    }
    return new UndoWriter(file, header, keys);
  }

  public Path file() {
    return file;
  }

  /** Items that the file takes back; there is no file if none was ever added. */
  public synchronized long swaps() {
    return swaps - notDone;
  }

  /**
   * Adds items. When this returns, they are on disk and may be written to the table.
   *
   * @throws DynavaultException {@code STORE_FAILED} if they are not; then they must not be written
   */
  synchronized void record(List<ItemSwap> some) {
    JsonBuffer lines = new JsonBuffer();
    for (ItemSwap swap : some) {
      lines.append("{\"Keys\":");
      DynamoDbJson.encode(keys.attributes(swap.key()), lines);
      image("OldImage", swap.before(), lines);
      image("NewImage", swap.after(), lines);
      lines.append("}\n");
    }
    append(lines, true);
    swaps += some.size();
  }

  /** Says of items that were added that they have not been written. */
  synchronized void notDone(List<ItemKey> some) {
    if (some.isEmpty()) {
      return;
    }
    JsonBuffer lines = new JsonBuffer();
    for (ItemKey key : some) {
      lines.append(UndoFile.NOT_DONE);
      DynamoDbJson.encode(keys.attributes(key), lines);
      lines.append("}\n");
    }
    append(lines, false);
    notDone += some.size();
  }

  private static void image(String name, Optional<Item> image, JsonBuffer lines) {
    if (image.isPresent()) {
      lines.append(",\"").append(name).append("\":");
      DynamoDbJson.encode(image.get(), lines);
    }
  }

  private void append(JsonBuffer lines, boolean force) {
    try {
      FileChannel open = open();
      write(open, lines.bytes(), lines.length());
      if (force) {
        open.force(false);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = create();
      channel = open;
      byte[] line = header.encode();
      JsonBuffer first = new JsonBuffer();
      first.append(line, 0, line.length).append('\n');
      write(open, first.bytes(), first.length());
      open.force(true);
      forceFolder();
    }
    return open;
  }

  private FileChannel create() throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      return FileChannel.open(
          file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("it exists", e);
    }
  }

  /** Windows knows no such thing, and needs none. */
  private void forceFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (WINDOWS || folder == null) {
      return;
    }
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /** Every addition is a gzip member of its own, so that a killed run leaves whole ones. */
  private void write(FileChannel open, byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    if (UndoFile.isCompressed(file)) {
      ByteArrayOutputStream member = new ByteArrayOutputStream(length / 4 + 64);
      try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
        gzip.write(bytes, 0, length);
      }
      buffer = ByteBuffer.wrap(member.toByteArray());
    }
    while (buffer.hasRemaining()) {
      open.write(buffer);
    }
  }

  /**
   * Ends the file.
   *
   * @throws DynavaultException {@code STORE_FAILED} if it is not wholly on disk
   */
  @Override
  public synchronized void close() {
    FileChannel open = channel;
    if (open == null) {
      return;
    }
    channel = null;
    JsonBuffer end = new JsonBuffer();
    end.append(UndoFile.END).append(Long.toString(swaps)).append(",\"notDone\":");
    end.append(Long.toString(notDone)).append("}}\n");
    try (open) {
      write(open, end.bytes(), end.length());
      open.force(true);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private DynavaultException failed(IOException cause) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to write the undo file '" + file + "': " + cause.getMessage(),
        "what is written so far can be taken back with the file as it is; free space, or name"
            + " another place with --undo-file, and run again",
        cause);
  }
}
