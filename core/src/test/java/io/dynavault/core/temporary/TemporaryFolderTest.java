// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.temporary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TemporaryFolderTest {
  @TempDir private Path parent;

  @Test
  void isItsOwnersAlone() throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.below(parent)) {
      Path path = folder.file("keys").getParent();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void goesWithItsFilesWhenItIsClosed() throws IOException {
    TemporaryFolder folder = TemporaryFolder.below(parent);
    Files.writeString(folder.file("keys"), "some");
    Files.writeString(folder.file("more"), "others");

    folder.close();
    folder.close();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void severalOfAProcessLeaveOneAnotherAlone() throws IOException {
    try (TemporaryFolder first = TemporaryFolder.below(parent)) {
      Files.writeString(first.file("keys"), "some");
      TemporaryFolder.below(parent).close();

      assertThat(first.file("keys")).hasContent("some");
    }
  }

  @Test
  void leavesFoldersAloneThatAreNoneOfItsKind() throws IOException {
    Path others = Files.createDirectory(parent.resolve("dynavault-e2e-1"));
    Path unlocked = Files.createDirectory(parent.resolve(TemporaryFolder.PREFIX + "unlocked"));

    TemporaryFolder.below(parent).close();

    assertThat(others).exists();
    assertThat(unlocked).as("nothing tells that it was left behind").exists();
  }

  @Test
  void removesWhatWasLeftBehindByAProcessThatWasKilledAndNothingSooner() throws Exception {
    Process process = start();
    try {
      Path file = awaitFile(process);

      TemporaryFolder.below(parent).close();
      assertThat(file).as("in use").exists();

      process.destroyForcibly().waitFor();
      assertThat(file).as("left behind").exists();
      TemporaryFolder.below(parent).close();
      assertThat(parent).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void goesWhenItsProcessIsAskedToEnd() throws Exception {
    Process process = start();
    try {
      awaitFile(process);

      process.destroy();
      process.waitFor();

      assertThat(parent).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path awaitFile(Process process) throws IOException {
    BufferedReader out = process.inputReader(UTF_8);
    return Path.of(out.readLine());
  }

  /** A process that has a temporary folder, and waits. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws Exception {
      TemporaryFolder folder = TemporaryFolder.below(Path.of(arguments[0]));
      System.out.println(Files.writeString(folder.file("keys"), "some"));
      System.in.read();
    }
  }
}
