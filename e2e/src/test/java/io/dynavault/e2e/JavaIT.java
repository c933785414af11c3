// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which Java the launcher takes. */
class JavaIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void aFolderWithoutJavaIsRefused() {
    Finished version =
        sandbox.launcher().with("DYNAVAULT_JAVA_HOME", sandbox.folder().toString()).run("version");

    assertThat(version.exits(2).err())
        .isEqualTo(
            """
            error: unable to use DYNAVAULT_JAVA_HOME: no Java in '%s'
            HINT: set it to the home of a Java of version 17 or newer, or unset it to let dynavault search
            """
                .formatted(sandbox.folder()));
  }

  @Test
  void aJavaThatIsTooOldIsRefused() throws IOException {
    Path old = java("11.0.25");

    Finished version =
        sandbox.launcher().with("DYNAVAULT_JAVA_HOME", old.toString()).run("version");

    assertThat(version.exits(2).err())
        .isEqualTo(
            """
            error: unable to use DYNAVAULT_JAVA_HOME: %s (Java 11)
            HINT: set it to the home of a Java of version 17 or newer, or unset it to let dynavault search
            """
                .formatted(old));
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOverForOneThatIsNot() throws IOException {
    Finished version =
        sandbox
            .launcher()
            .without("DYNAVAULT_JAVA_HOME")
            .with("JAVA_HOME", java("1.8.0_442").toString())
            .with("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"))
            .run("version");

    assertThat(version.succeeds().out()).matches("dynavault \\S+ \\(Java \\d\\d.*\\)\n");
  }

  @Test
  void worksThroughALinkAndFromAnyFolder() throws IOException {
    Path link = Files.createSymbolicLink(sandbox.file("a link"), Launcher.script());

    Finished version = sandbox.launcher().shell("mkdir sub && cd sub && '" + link + "' version");

    assertThat(version.succeeds().out()).startsWith("dynavault ");
  }

  /** A Java home that says its version and starts nothing. */
  private Path java(String version) throws IOException {
    Path home = Files.createDirectories(sandbox.file("java-" + version));
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho must not be started >&2\nexit 99\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
