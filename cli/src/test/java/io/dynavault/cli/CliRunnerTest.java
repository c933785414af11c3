// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.TestingCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliRunnerTest {
  @TempDir private Path folder;
  private TestingCli cli;

  @BeforeEach
  void createCli() {
    cli = new TestingCli(folder);
  }

  @Test
  void refusesAnUnknownCommandAndSaysWhatWasMeant() {
    Outcome outcome = cli.run("verson");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unknown command 'verson'
            HINT: did you mean 'version'?
            Try: dynavault --help
            """);
  }

  @Test
  void refusesAnUnknownOptionAndNamesTheHelpOfTheCommand() {
    Outcome outcome = cli.run("version", "--reginn", "eu-west-1");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unknown option '--reginn'
            HINT: did you mean '--region'?
            Try: dynavault version --help
            """);
  }

  @Test
  void refusesAnArgumentTooMany() {
    Outcome outcome = cli.run("version", "now");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: unexpected argument 'now'\nTry: dynavault version --help\n");
  }

  @Test
  void asksForACommandWhenThereIsNone() {
    Outcome outcome = cli.run();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo("error: a command is missing\nTry: dynavault --help\n");
  }

  @Test
  void saysWhichOptionLacksItsValue() {
    Outcome outcome = cli.run("version", "--region");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: missing option --region=REGION\nTry: dynavault version --help\n");
  }

  @Test
  void neverTakesSecretsFromTheCommandLineNorPrintsThem() {
    for (String option :
        new String[] {"--secret-access-key", "--aws-session-token", "--password", "--access-key"}) {
      Outcome outcome = cli.run("version", option + "=hunter2");

      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err())
          .isEqualTo(
              """
              error: secrets are not accepted on the command line, where other users can see them
              HINT: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
              Try: dynavault version --help
              """);
    }
  }

  @Test
  void printsUsageErrorsAsJsonWhenAskedTo() {
    Outcome outcome = cli.run("version", "--json", "--reginn", "x");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.errorJson().get("messageType").asText()).isEqualTo("exitError");
    assertThat(outcome.errorJson().get("code").asInt()).isEqualTo(2);
    assertThat(outcome.errorJson().get("message").asText()).isEqualTo("unknown option '--reginn'");
    assertThat(outcome.errorJson().get("hint").asText()).isEqualTo("did you mean '--region'?");
  }

  @Test
  void listsAllProblemsOfTheConfigurationAtOnce() throws IOException {
    Files.writeString(folder.resolve("dynavault.yaml"), "scan:\n  workers: many\n  wokers: 3\n");

    Outcome outcome = cli.with("DYNAVAULT_S3_SSE", "rot13").run("version", "--endpoint-url", "foo");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: invalid configuration:
              dynavault.yaml: unknown key 'scan.wokers' (did you mean 'scan.workers'?)
              --endpoint-url: 'foo' is not usable: it is not an http or https address
              DYNAVAULT_S3_SSE: 'rot13' is not usable: it is not one of AES256, aws:kms
              dynavault.yaml: scan.workers: 'many' is not usable: it is not a whole number
            HINT: correct the named options; docs/reference/config.md lists them all
            """);
  }

  @Test
  void warnsOfAVariableThatNobodyReads() {
    Outcome outcome = cli.with("DYNAVAULT_SCAN_WORKRES", "3").run("version");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "warning: unknown environment variable 'DYNAVAULT_SCAN_WORKRES'"
                + " (did you mean 'DYNAVAULT_SCAN_WORKERS'?)\n");
  }

  @Test
  void aNameCannotForgeALineOfTheOutput() {
    Outcome outcome = cli.run("version\nerror: all is lost\u001b[2J");

    assertThat(outcome.err().lines())
        .contains("error: unknown command 'version\\u000aerror: all is lost\\u001b[2J'");
  }

  @Test
  void printsHelpOnStandardOutput() {
    Outcome outcome = cli.run("version", "--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("Prints the version", "Usage: dynavault version", "Examples:", "EXIT STATUS:");
    assertThat(cli.run("help", "version").out()).isEqualTo(outcome.out());
  }

  @Test
  void helpOfAnUnknownCommandIsAUsageError() {
    Outcome outcome = cli.run("help", "nothing");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: unknown command 'nothing'\nTry: dynavault --help\n");
  }

  @Test
  void printsTheVersionForPeopleAndPrograms() {
    assertThat(cli.run("version").out()).matches("dynavault [0-9]\\S+ \\(Java [0-9]\\S+\\)\n");
    assertThat(cli.run("--version").out()).matches("dynavault [0-9]\\S+\n");
    assertThat(cli.run("version", "--json").json().get("version").asText()).matches("[0-9]\\S+");
  }

  @Test
  void printsACompletionScriptThatKnowsEveryCommand() {
    Outcome outcome = cli.run("completion");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("#!").contains("_complete_dynavault", "--endpoint-url");
  }
}
