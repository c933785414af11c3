// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of the test resources as the source of an export. */
record FolderSource(Path root) implements ExportSource {

  static FolderSource ofResource(String name) {
    try {
      return new FolderSource(Path.of(FolderSource.class.getResource(name).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only folder below the root that has the given file. */
  String folderOf(String fileName) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found = files.filter(path -> path.endsWith(fileName)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("%s is found %d times".formatted(fileName, found.size()));
      }
      return root.relativize(found.get(0).getParent()).toString();
    }
  }

  @Override
  public Optional<InputStream> open(String key) throws IOException {
    Path path = root.resolve(key);
    return Files.isRegularFile(path) ? Optional.of(Files.newInputStream(path)) : Optional.empty();
  }
}
