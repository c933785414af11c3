// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.StreamDownload;
import io.dynavault.core.store.UnfinishedUpload;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Objects as files below a folder, which is created by the first write. The rules that make writes
 * atomic and durable are in the package's description.
 */
public final class LocalStore implements ObjectStore {
  private final StoreLocation.Folder location;
  private final LocalPaths paths;
  private final LocalFailures failures;
  private final KeyLocks locks;
  private final RandomGenerator random;
  private final Reserve reserve;

  /**
   * Opens the folder; reads and writes nothing yet.
   *
   * @param random names staged files; must be safe for use by several threads
   */
  public LocalStore(StoreLocation.Folder location, RandomGenerator random) {
    this.location = requireNonNull(location, "location is null");
    this.random = requireNonNull(random, "random is null");
    this.paths = new LocalPaths(location.path());
    this.failures = new LocalFailures(location.path());
    this.locks = new KeyLocks(paths);
    this.reserve = new Reserve(paths, random);
  }

  @Override
  public URI location() {
    return location.uri();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    Path path = paths.resolve(key);
    try {
      return stat(key, path);
    } catch (IOException e) {
      throw failures.map("read", path, e);
    }
  }

  private static Optional<ObjectInfo> stat(String key, Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(FileVersion.info(key, attributes))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (isBelowAFile(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isBelowAFile(Path path) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (Files.isRegularFile(above, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ObjectDownload read(String key) {
    return read(key, 0, Optional.empty());
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
    return read(key, offset, Optional.of(length));
  }

  private ObjectDownload read(String key, long offset, Optional<Long> length) {
    Path path = paths.resolve(key);
    try {
      while (true) {
        ObjectInfo info = stat(key, path).orElseThrow(() -> new NoSuchFileException(key));
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        if (stat(key, path).filter(info::equals).isPresent()) {
          return download(path, info, channel, offset, length.orElse(info.size() - offset));
        }
        channel.close(); // replaced in between: which of the two is open cannot be known
      }
    } catch (IOException e) {
      throw failures.map("read", path, e);
    }
  }

  private ObjectDownload download(
      Path path, ObjectInfo info, FileChannel channel, long offset, long length)
      throws IOException {
    if (offset + length > info.size()) {
      channel.close();
      throw new IOException(
          String.format(
              "bytes %d to %d lie outside its %d bytes", offset, offset + length, info.size()));
    }
    channel.position(offset);
    return new StreamDownload(
        info, Channels.newInputStream(channel), length, e -> failures.map("read", path, e));
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    return write(key, content, file -> Optional.of(placed(key, file))).orElseThrow();
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    Path path = paths.resolve(key);
    if (stat(key).isPresent()) {
      return Optional.empty();
    }
    return write(
        key,
        content,
        file -> {
          ObjectInfo info = file.info(key);
          return file.placeIfFree(path) ? Optional.of(durable(path, info)) : Optional.empty();
        });
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    requireNonNull(expectedVersion, "expectedVersion is null");
    Path path = paths.resolve(key);
    return write(
        key,
        content,
        file -> {
          boolean unchanged =
              stat(key, path).filter(now -> now.version().equals(expectedVersion)).isPresent();
          return unchanged ? Optional.of(placed(key, file)) : Optional.empty();
        });
  }

  /** Stages the content, then places it while nobody else changes the key. */
  private Optional<ObjectInfo> write(String key, byte[] content, Change change) {
    ObjectKey.check(key);
    try (StagedFile file = StagedFile.create(paths.uploads(), random)) {
      file.write(content, 0, content.length);
      file.finish();
      try (KeyLocks.Held lock = locks.hold(key)) {
        return change.apply(file);
      }
    } catch (IOException e) {
      throw failedWrite(key, e);
    }
  }

  /** Places a finished file under the key, in place of what is there. */
  ObjectInfo place(String key, StagedFile file) throws IOException {
    ObjectInfo info;
    try (KeyLocks.Held lock = locks.hold(key)) {
      info = placed(key, file);
    }
    reserve.keep();
    return info;
  }

  @Override
  public boolean makeRoom() {
    try {
      return reserve.giveUp();
    } catch (IOException e) {
      throw failures.map("delete", paths.reserve(), e);
    }
  }

  private ObjectInfo placed(String key, StagedFile file) throws IOException {
    Path path = paths.resolve(key);
    ObjectInfo info = file.info(key);
    file.replace(path);
    return durable(path, info);
  }

  private static ObjectInfo durable(Path path, ObjectInfo info) {
    try {
      DurableFolders.force(DurableFolders.above(path));
      return info;
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.OUTCOME_UNKNOWN,
          "unable to force '" + path + "' to disk: it is there now, but a power cut may undo that",
          e);
    }
  }

  DynavaultException failedWrite(String key, IOException e) {
    return failures.map("write", paths.root().resolve(key), e);
  }

  @Override
  public ObjectUpload upload(String key) {
    paths.resolve(key);
    try {
      return new LocalUpload(this, key, StagedFile.create(paths.uploads(), random));
    } catch (IOException e) {
      throw failedWrite(key, e);
    }
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    ObjectKey.checkPrefix(prefix);
    try {
      new LocalListing(paths, prefix, consumer).run();
    } catch (IOException e) {
      throw failures.map("list", paths.root(), e);
    }
  }

  @Override
  public void delete(String key) {
    Path path = paths.resolve(key);
    try {
      if (stat(key, path).isEmpty()) {
        return;
      }
      try (KeyLocks.Held lock = locks.hold(key)) {
        if (stat(key, path).isPresent()) {
          Files.deleteIfExists(path);
          DurableFolders.force(DurableFolders.above(path));
        }
      }
    } catch (IOException e) {
      throw failures.map("delete", path, e);
    }
    DurableFolders.prune(DurableFolders.above(path), paths.root());
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.uploads())) {
      for (Path file : files) {
        unfinished(file).ifPresent(consumer);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // nothing was ever written here
    } catch (IOException e) {
      throw failures.map("list", paths.uploads(), e);
    }
  }

  private static Optional<UnfinishedUpload> unfinished(Path file) throws IOException {
    try {
      return Optional.of(
          new UnfinishedUpload(
              file.getFileName().toString(),
              Optional.empty(),
              Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // ended meanwhile
    }
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    Path file = paths.uploads().resolve(ObjectKey.check(upload.id()));
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failures.map("delete", file, e);
    }
  }

  /** Does nothing: no file is held open between calls. */
  @Override
  public void close() {}

  @FunctionalInterface
  private interface Change {
    Optional<ObjectInfo> apply(StagedFile file) throws IOException;
  }
}
