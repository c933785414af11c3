// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks the folders in the order of whole keys: a folder sorts as its name with a slash, since that
 * is how the keys below it go on. Holds the entries of one folder per level in memory.
 */
final class LocalListing {
  private final LocalPaths paths;
  private final String prefix;
  private final Consumer<ObjectInfo> consumer;

  LocalListing(LocalPaths paths, String prefix, Consumer<ObjectInfo> consumer) {
    this.paths = paths;
    this.prefix = prefix;
    this.consumer = consumer;
  }

  void run() throws IOException {
    String parent = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    Path folder =
        parent.isEmpty() ? paths.root() : paths.resolve(parent.substring(0, parent.length() - 1));
    if (Files.isRegularFile(paths.root())) {
      throw new NotDirectoryException(paths.root().toString());
    }
    walk(folder, parent);
  }

  private void walk(Path folder, String keyOfFolder) throws IOException {
    for (Entry entry : entries(folder, keyOfFolder)) {
      if (entry.attributes.isDirectory()) {
        walk(entry.path, entry.sortKey);
      } else {
        consumer.accept(FileVersion.info(entry.sortKey, entry.attributes));
      }
    }
  }

  private List<Entry> entries(Path folder, String keyOfFolder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String key = keyOfFolder + child.getFileName();
        if (!key.equals(ObjectKey.RESERVED) && key.startsWith(prefix)) {
          addIfThere(entries, child, key);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // nothing has such a key, or it was deleted meanwhile
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(entry -> entry.sortKey, ObjectKey.ORDER));
    return entries;
  }

  private void addIfThere(List<Entry> entries, Path child, String key) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return; // deleted meanwhile
    }
    if (attributes.isSymbolicLink()) {
      throw paths.refuseLink("list", child);
    }
    if (attributes.isOther()) {
      throw paths.refuseSpecial(child);
    }
    if (ObjectKey.isValid(key)) {
      entries.add(new Entry(child, attributes.isDirectory() ? key + "/" : key, attributes));
    }
  }

  private record Entry(Path path, String sortKey, BasicFileAttributes attributes) {}
}
