// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;

/**
 * A file that takes room on the disk until it is needed: whoever deletes from a store whose disk is
 * full has to write a little before anything becomes free. It is kept while there is plenty of
 * room, which is what there is when large objects are written. Safe for several threads and
 * processes.
 */
final class Reserve {
  /** The journal of a deletion is as long as a record: about 300 bytes for each data file. */
  static final int BYTES = 128 * 1024;

  /** What is left when it has been taken is not its business. */
  private static final int PLENTY = 4 * BYTES;

  private final LocalPaths paths;
  private final RandomGenerator random;

  Reserve(LocalPaths paths, RandomGenerator random) {
    this.paths = requireNonNull(paths, "paths is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Keeps one from now on, if there is none and it costs nobody anything. */
  void keep() {
    Path file = paths.reserve();
    Path uploads = paths.uploads();
    if (Files.exists(file)) {
      return;
    }
    try {
      if (Files.getFileStore(uploads).getUsableSpace() < PLENTY) {
        return;
      }
      byte[] incompressible = new byte[BYTES];
      random.nextBytes(incompressible);
      Path half = Files.createTempFile(uploads, "reserve-", "");
      try {
        Files.write(half, incompressible);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      // a precaution that failed is no failure of the write that it was taken along with
    }
  }

  /** Frees it; false if there is none. */
  boolean giveUp() throws IOException {
    return Files.deleteIfExists(paths.reserve());
  }
}
