// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import io.dynavault.core.store.ObjectInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A file in the hidden folder of uploads on its way to its name. Closing removes it if it did not
 * get there. Whoever places it holds the key's lock.
 */
final class StagedFile implements AutoCloseable {
  private static final int PLACE_ATTEMPTS = 20;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Path path;
  private final FileChannel channel;
  private final RandomGenerator random;

  private StagedFile(Path path, FileChannel channel, RandomGenerator random) {
    this.path = path;
    this.channel = channel;
    this.random = random;
  }

  static StagedFile create(Path folder, RandomGenerator random) throws IOException {
    DurableFolders.create(folder);
    while (true) {
      Path path = folder.resolve(HexFormat.of().toHexDigits(random.nextLong()));
      try {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new StagedFile(path, channel, random);
      } catch (FileAlreadyExistsException e) {
        // another upload drew the same name: draw again
      }
    }
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /**
   * Ends writing: the content is on disk. The time of last write gets random digits below the
   * millisecond, so that two writes within the clock's tick have different versions.
   */
  void finish() throws IOException {
    FileTime written = Files.getLastModifiedTime(path);
    Files.setLastModifiedTime(
        path, FileTime.from(written.toInstant().plusNanos(random.nextInt(NANOS_PER_MILLI))));
    channel.force(true);
    channel.close();
  }

  /** What the object under this key will be. */
  ObjectInfo info(String key) throws IOException {
    return FileVersion.info(
        key, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  /** Gives the file its name, in place of what has it. */
  void replace(Path target) throws IOException {
    place(target, () -> Files.move(path, target, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Gives the file its name if that is free; false if it is taken. */
  boolean placeIfFree(Path target) throws IOException {
    try {
      place(target, () -> linkOrMove(target));
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(target.toString(), null, "is a directory");
      }
      return false;
    }
  }

  /**
   * A link fails if the name is taken, whoever took it. Where the file system has no hard links,
   * the key's lock alone keeps others away between looking and moving.
   */
  private void linkOrMove(Path target) throws IOException {
    try {
      Files.createLink(target, path);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** A delete may remove the emptied folder between its creation and the placing: try again. */
  private static void place(Path target, Placing placing) throws IOException {
    Path folder = DurableFolders.above(target);
    for (int attempt = 1; ; attempt++) {
      try {
        DurableFolders.create(folder);
        placing.place();
        return;
      } catch (NoSuchFileException e) {
        if (attempt == PLACE_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  @FunctionalInterface
  private interface Placing {
    void place() throws IOException;
  }
}
