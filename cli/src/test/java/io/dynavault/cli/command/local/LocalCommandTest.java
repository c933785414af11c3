// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhatIsWrongWhenTheServersDoNotStart() throws IOException {
    Files.writeString(folder.resolve("taken"), "a file where a folder should be");

    Outcome outcome =
        new TestingCli(folder)
            .run("local", "--quiet", "--port", "0", "--s3-port", "0", "--folder", "taken");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("error: unable to create the folder '")
        .endsWith("HINT: give a writable folder\n");
  }

  @Test
  void refusesAPortThatIsNoNumber() {
    Outcome outcome = new TestingCli(folder).run("local", "--port", "http");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: invalid value for option '--port': 'http' is not an int
            Try: dynavault local --help
            """);
  }
}
