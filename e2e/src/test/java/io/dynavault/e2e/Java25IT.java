// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.local.demo.GeneratedTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The newest Java that Dynavault is run on, where it is installed. */
class Java25IT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void backsUpAndRestores() throws IOException {
    Optional<Path> home = java25();
    Assumptions.assumeTrue(
        home.isPresent(), "Java 25 is not installed: set JAVA_25_HOME to test with it");
    Launcher launcher =
        sandbox
            .launcher()
            .with("DYNAVAULT_JAVA_HOME", home.orElseThrow().toString())
            .without("DYNAVAULT_JAVA_OPTS"); // as users have it, optimising compiler and all
    LiveTable source = sandbox.fill(new GeneratedTable(Sandbox.newName(), 300, 25));
    LiveTable target = sandbox.made(Sandbox.newName());

    Finished version = launcher.run("version");
    launcher.run("vault", "create").succeeds();
    Finished backup =
        launcher.run(
            "backup", "--table", source.name(), "--compression", "zstd", "--format", "ion");
    Finished restore = launcher.run("restore", "--target-table", target.name());

    assertThat(version.succeeds().out()).contains("Java 25");
    assertThat(backup.succeeds().err()).as("no warnings of the JVM").isEmpty();
    assertThat(restore.succeeds().err()).doesNotContain("WARNING");
    assertThat(target).hasSameItemsAs(source);
  }

  private static Optional<Path> java25() throws IOException {
    String given = System.getenv("JAVA_25_HOME");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    Path homes = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(homes)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(homes)) {
      return all.filter(home -> home.getFileName().toString().contains("25"))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .findFirst();
    }
  }
}
