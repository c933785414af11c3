// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The archive that lets short commands start faster, and what may be wrong with it. */
class ClassDataIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void theFirstShortCommandMakesItAndLaterOnesUseIt() throws IOException {
    Launcher launcher = sandbox.launcher().with("DYNAVAULT_CLASS_DATA", folder().toString());

    requireQuiet(launcher.run("version"));
    awaitArchive(launcher);

    Path loaded = sandbox.folder().resolve("loaded");
    requireQuiet(
        launcher
            .with("DYNAVAULT_JAVA_OPTS", "-Xlog:class+load:file=" + loaded)
            .run("vault", "--help"));
    assertThat(Files.readString(loaded))
        .containsPattern("io\\.dynavault\\.cli\\.CliRunner source: shared objects file \\(top\\)");
  }

  @Test
  void severalAtOnceMakeOne() throws IOException {
    Launcher launcher = sandbox.launcher().with("DYNAVAULT_CLASS_DATA", folder().toString());

    launcher.shell("dynavault version & dynavault version & dynavault version & wait").succeeds();
    awaitArchive(launcher);

    assertThat(archives()).hasSize(1);
  }

  @Test
  void anArchiveThatWasCutOffOrReplacedIsPassedOver() throws IOException {
    Launcher launcher = sandbox.launcher().with("DYNAVAULT_CLASS_DATA", folder().toString());
    requireQuiet(launcher.run("version"));
    awaitArchive(launcher);
    Path archive = archives().get(0);
    byte[] whole = Files.readAllBytes(archive);

    replace(archive, new byte[100_000]);
    requireQuiet(launcher.run("version"));
    awaitArchive(launcher);
    replace(archive, new byte[whole.length]);
    requireQuiet(launcher.run("version"));
  }

  @Test
  void nobodyHearsOfAFolderThatCannotBeMade() {
    requireQuiet(
        sandbox.launcher().with("DYNAVAULT_CLASS_DATA", "/dev/null/folder").run("version"));
    requireQuiet(sandbox.launcher().with("DYNAVAULT_CLASS_DATA", "").run("version"));
    requireQuiet(sandbox.launcher().without("DYNAVAULT_CLASS_DATA").without("HOME").run("version"));
  }

  private Path folder() {
    return sandbox.folder().resolve("class data");
  }

  /** Made in the background: the folder must not go before that is over. */
  private void awaitArchive(Launcher launcher) {
    launcher
        .shell(
            """
            for i in $(seq 600); do
              if ls '%1$s'/*.jsa && ! ls '%1$s' | grep -qv 'jsa$'; then exit 0; fi
              sleep 0.2
            done >/dev/null 2>&1
            ls -l '%1$s'; exit 1
            """
                .formatted(folder()))
        .succeeds();
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Files.delete(file);
    Files.write(file, content);
  }

  private static void requireQuiet(Finished finished) {
    assertThat(finished.succeeds().err()).isEmpty();
    assertThat(finished.out()).doesNotContain("warning", "[cds");
  }
}
