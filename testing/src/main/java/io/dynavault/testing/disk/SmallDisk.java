// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, in memory, that can be filled and made read-only. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts a disk of some KiB at an empty folder. Where that is not permitted the test is skipped,
   * with the reason.
   */
  public static SmallDisk mountOrSkip(Path folder, int kib) {
    String reason = run("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", folder);
    assumeTrue(reason.isEmpty(), "no disk of a test's own can be mounted here: " + reason);
    return new SmallDisk(folder);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Fills it, but for some KiB. */
  public void fill(int freeKib) {
    try {
      Path filler = folder.resolve("filler");
      Files.deleteIfExists(filler);
      long usable = Files.getFileStore(folder).getUsableSpace() - freeKib * 1024L;
      Files.write(filler, new byte[(int) Math.max(0, usable)]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees what {@link #fill} took. */
  public void free() {
    try {
      Files.deleteIfExists(folder.resolve("filler"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on nothing can be written. */
  public void makeReadOnly() {
    require(run("mount", "-o", "remount,ro", folder));
  }

  @Override
  public void close() {
    require(run("umount", "-l", folder));
  }

  private static void require(String reason) {
    if (!reason.isEmpty()) {
      throw new IllegalStateException(reason);
    }
  }

  /** Why the command failed; empty if it did not. */
  private static String run(Object... command) {
    String[] words = new String[command.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = command[i].toString();
    }
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
      return process.waitFor() == 0 ? "" : words[0] + ": " + output;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
