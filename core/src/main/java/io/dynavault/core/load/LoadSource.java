// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.temporary.TemporaryFolder;
import io.dynavault.format.export.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of items, which can be read as often as needed. What comes through a pipe is kept in a
 * temporary file until this is closed.
 */
public final class LoadSource implements AutoCloseable {
  private final String name;
  private final Path file;
  private final Compression compression;
  private final @Nullable TemporaryFolder folder;

  private LoadSource(
      String name, Path file, Compression compression, @Nullable TemporaryFolder folder) {
    this.name = requireNonNull(name, "name is null");
    this.file = requireNonNull(file, "file is null");
    this.compression = requireNonNull(compression, "compression is null");
    this.folder = folder;
  }

  /**
   * A file whose name tells its compression.
   *
   * @throws DynavaultException {@code OBJECT_NOT_FOUND} or {@code USAGE} where it is no file
   */
  public static LoadSource file(Path file) {
    if (!Files.exists(file)) {
      throw missing(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to import '" + file + "': it is a folder",
          "name the files in it, or restore it if it is an export: dynavault restore");
    }
    return new LoadSource(file.toString(), file, Compression.ofFileName(file.toString()), null);
  }

  /**
   * Everything that comes from a stream, such as standard input, read to its end now.
   *
   * @param name how errors call it
   */
  public static LoadSource spool(InputStream in, String name, Compression compression) {
    try {
      TemporaryFolder folder = TemporaryFolder.create();
      Path copy = folder.file("input");
      LoadSource source = new LoadSource(name, copy, compression, folder);
      boolean copied = false;
      try {
        Files.copy(in, copy);
        copied = true;
      } finally {
        if (!copied) {
          source.close();
        }
      }
      return source;
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to keep '" + name + "' in a temporary file: " + e.getMessage(),
          "free space in the folder for temporary files, or give the name of a file",
          e);
    }
  }

  /** How people call it: the file's path, or what it was called. */
  public String name() {
    return name;
  }

  /** Decompressed bytes; the caller closes the stream. */
  InputStream open() throws IOException {
    InputStream stored = Files.newInputStream(file);
    boolean opened = false;
    try {
      InputStream content = compression.decompress(stored);
      opened = true;
      return content;
    } finally {
      if (!opened) {
        stored.close();
      }
    }
  }

  /** What a failed read is for the user. */
  DynavaultException failed(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return missing(name);
    }
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to read '" + name + "': " + cause.getMessage(),
        "check that the file can be read",
        cause);
  }

  /** Removes the temporary file, where there is one. */
  @Override
  public void close() {
    if (folder == null) {
      return;
    }
    try {
      folder.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DynavaultException missing(String name) {
    return new DynavaultException(
        ErrorCode.OBJECT_NOT_FOUND,
        "unable to import '" + name + "': there is no such file",
        "check the path");
  }
}
