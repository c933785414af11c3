// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Creates folders and forces their entries to disk: a file is only as durable as its name. */
final class DurableFolders {
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private DurableFolders() {}

  /** Creates the folder and those above it that are missing. */
  static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      create(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder)) {
        return; // somebody else was faster
      }
      throw new NotDirectoryException(folder.toString());
    }
    if (parent != null) {
      force(parent);
    }
  }

  /** Forces the folder's entries to disk. Windows knows no such thing, and needs none. */
  static void force(Path folder) throws IOException {
    if (WINDOWS) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // emptied and pruned by another delete: nothing is left to be forced
    }
  }

  /** The folder that holds what the path names; every object has one, the root at least. */
  static Path above(Path path) {
    return requireNonNull(path.getParent(), "path has no folder");
  }

  /** Removes the folder and those above it, below {@code root}, as far as they are empty. */
  static void prune(Path folder, Path root) {
    try {
      for (Path empty = folder; !empty.equals(root); empty = above(empty)) {
        Files.delete(empty);
      }
    } catch (NoSuchFileException e) {
      // somebody else removed it, and goes on
    } catch (IOException e) {
      // not empty, or not ours to remove: an empty folder does no harm
    }
  }
}
