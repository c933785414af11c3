// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectKey;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Where the object of a key lies; never outside the root and never behind a symbolic link. */
final class LocalPaths {
  private final Path root;

  LocalPaths(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path uploads() {
    return hidden("uploads");
  }

  Path reserve() {
    return hidden("reserve");
  }

  Path locks() {
    return hidden("locks");
  }

  /** What is a link here came with a folder that others have filled: gc would delete behind it. */
  private Path hidden(String name) {
    Path folder = root.resolve(ObjectKey.RESERVED);
    Path path = folder.resolve(name);
    for (Path part : List.of(folder, path)) {
      if (Files.isSymbolicLink(part)) {
        throw refuseLink("use", part);
      }
    }
    return path;
  }

  /** The root itself may be a link: that was the user's choice. */
  Path resolve(String key) {
    Path path = root;
    for (String part : ObjectKey.check(key).split("/")) {
      path = path.resolve(name(part));
      if (Files.isSymbolicLink(path)) {
        throw refuseLink("use", path);
      }
    }
    return path;
  }

  private Path name(String part) {
    try {
      Path name = root.getFileSystem().getPath(part);
      if (name.getNameCount() == 1 && !name.isAbsolute()) {
        return name;
      }
      throw new InvalidPathException(part, "it is more than a file's name");
    } catch (InvalidPathException e) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to use '" + root + "/" + part + "': this system does not allow that name",
          "for names beyond ASCII set LC_ALL=C.UTF-8",
          e);
    }
  }

  DynavaultException refuseLink(String verb, Path link) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to "
            + verb
            + " '"
            + link
            + "': it is a symbolic link, which a store does not follow",
        "put the folder or file itself in its place, or open the folder that it leads to");
  }

  DynavaultException refuseSpecial(Path path) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to list '" + path + "': it is neither a file nor a folder",
        "move it out of the store");
  }
}
