// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
  void aMachineWithoutJavaIsToldHowToGetOne() throws IOException {
    Files.createDirectories(sandbox.file("dist/bin"));
    Files.createSymbolicLink(
        sandbox.file("dist/lib"), Launcher.script().resolveSibling("../lib").toRealPath());
    Path script = Files.copy(Launcher.script().toRealPath(), sandbox.file("dist/bin/dynavault"));
    String usualFolders = "/usr/lib/jvm/* /opt/java* /opt/jdk*";
    assertThat(script).content().contains(usualFolders);
    // The usual folders of this machine have a Java: the script looks into others.
    Files.writeString(script, Files.readString(script).replace(usualFolders, "/nonexistent/jvm/*"));

    Finished version =
        sandbox
            .launcher()
            .without("DYNAVAULT_JAVA_HOME")
            .with("PATH", toolsWithoutJava().toString())
            .shell(script + " version");

    assertThat(version.exits(2).err())
        .isEqualTo(
            """
            error: unable to find a Java of version 17 or newer
            HINT: install one ('apt install openjdk-17-jdk-headless', 'brew install openjdk@17' or https://adoptium.net), or set JAVA_HOME
            """);
  }

  /** A folder of the tools that the launcher uses. */
  private Path toolsWithoutJava() throws IOException {
    Path folder = Files.createDirectory(sandbox.file("tools"));
    for (String tool : List.of("bash", "dirname", "ls", "readlink", "uname")) {
      for (String place : System.getenv("PATH").split(":", -1)) {
        Path file = Path.of(place, tool);
        if (Files.isExecutable(file) && Files.notExists(folder.resolve(tool))) {
          Files.createSymbolicLink(folder.resolve(tool), file);
        }
      }
    }
    return folder;
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
