// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.temporary;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;

/**
 * A folder for the temporary files of one run, removed when it is closed. Whoever makes one also
 * removes those that killed processes of the same user have left behind.
 */
public final class TemporaryFolder implements AutoCloseable {
  static final String PREFIX = "dynavault-tmp-";
  static final String LOCK = "in-use";

  /** A folder that nobody looks at until it is locked. */
  private static final String UNLOCKED_PREFIX = "dynavault-new-";

  private final Path path;
  private final FileChannel lock;
  private final Thread atShutdown;

  private TemporaryFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
    this.atShutdown = new Thread(this::removeQuietly, "remove " + path.getFileName());
  }

  /** A folder below that of {@code java.io.tmpdir}. */
  public static TemporaryFolder create() throws IOException {
    return below(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** A folder below another one. */
  public static TemporaryFolder below(Path parent) throws IOException {
    return below(parent, prefixOf(ProcessHandle.current()));
  }

  /**
   * @param ownPrefix how the names of all folders of this process begin, and of no other's
   */
  static TemporaryFolder below(Path parent, String ownPrefix) throws IOException {
    requireNonNull(parent, "parent is null");
    TemporaryFolder folder = createLocked(parent, ownPrefix);
    Runtime.getRuntime().addShutdownHook(folder.atShutdown);
    removeLeftBehind(parent, ownPrefix, Files.getOwner(folder.path));
    return folder;
  }

  /**
   * The folder gets its name only when its lock is held, so that one that has the name and is not
   * locked was left behind.
   */
  private static TemporaryFolder createLocked(Path parent, String ownPrefix) throws IOException {
    Path unlocked = Files.createTempDirectory(parent, UNLOCKED_PREFIX);
    FileChannel lock =
        FileChannel.open(
            unlocked.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean created = false;
    try {
      if (lock.tryLock() == null) {
        throw new IOException("the lock of '" + unlocked + "' is held by another process");
      }
      String unique = unlocked.getFileName().toString().substring(UNLOCKED_PREFIX.length());
      Path path = parent.resolve(ownPrefix + unique);
      Files.move(unlocked, path, StandardCopyOption.ATOMIC_MOVE);
      created = true;
      return new TemporaryFolder(path, lock);
    } finally {
      if (!created) {
        delete(unlocked);
        lock.close();
      }
    }
  }

  /** A file in the folder, which may not exist yet. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** What is told where temporary files could not be used. */
  public static DynavaultException failed(String goal, IOException cause) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to " + goal + ": temporary files cannot be used: " + cause.getMessage(),
        "free space in the folder for temporary files, or choose another with"
            + " DYNAVAULT_JAVA_OPTS=-Djava.io.tmpdir=/path",
        cause);
  }

  /** Removes the folder and all files in it. */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException e) {
      // The JVM is shut down: whoever of the two comes first removes the files.
    }
    try {
      delete(path);
    } finally {
      lock.close();
    }
  }

  private void removeQuietly() {
    try {
      delete(path);
    } catch (IOException e) {
      // A worker still writes there: the next process removes it.
    }
  }

  /**
   * This process's own folders are not touched: to close a file ends all locks that a process holds
   * on it. A number of a process may come again, its start does not.
   */
  private static String prefixOf(ProcessHandle process) {
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    return PREFIX + process.pid() + "-" + start.toEpochMilli() + "-";
  }

  private static void removeLeftBehind(Path parent, String ownPrefix, UserPrincipal owner) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!folder.getFileName().toString().startsWith(ownPrefix)) {
          removeIfLeftBehind(folder, owner);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It is not what this run is for: the next one tries again.
    }
  }

  private static void removeIfLeftBehind(Path folder, UserPrincipal owner) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
        return;
      }
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        if (lock.tryLock() != null) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      // Another process removes it at this moment, or the next one tries again.
    }
  }

  /** The lock goes last: what is left of a folder whose removal was killed is still found. */
  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> !file.endsWith(LOCK))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Files.deleteIfExists(folder.resolve(LOCK));
    Files.deleteIfExists(folder);
  }
}
