// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandTest {
  @TempDir private Path folder;

  @Test
  @DisabledIfEnvironmentVariable(named = "DYNAVAULT_SERVERS", matches = ".+")
  void saysWhereTheServersComeFromWhenTheyAreMissing() {
    Outcome outcome = new TestingCli(folder).run("local", "--quiet");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("error: unable to find the local servers")
        .contains("\nHINT: the servers come with a source checkout");
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
