// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultCommandTest {
  @TempDir private Path folder;
  private TestingCli cli;

  @BeforeEach
  void createCli() {
    cli = new TestingCli(folder).with("DYNAVAULT_VAULT", "main vault");
  }

  @Test
  void aCopyWithoutATargetNamesAllWaysToGiveOne() {
    cli.run("vault", "create", "--vault", "vault");

    Outcome outcome = cli.run("copy", "--vault", "vault");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: no target.vault is given
            HINT: give it with --target-vault, DYNAVAULT_TARGET_VAULT or 'target.vault:' in dynavault.yaml
            """);
  }

  @Test
  void createsAVaultNamedAfterItsFolder() {
    Outcome outcome = cli.run("vault", "create");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo("created vault 'main-vault' at file:" + folder.resolve("main vault") + "\n");
    assertThat(folder.resolve("main vault/vault.json")).exists();
  }

  @Test
  void createsAVaultWithNameAndTags() {
    Outcome outcome =
        cli.run("vault", "create", "--name", "prod", "--tag", "a=1", "--tag", "b=2", "--json");

    JsonNode json = outcome.json();
    assertThat(json.get("name").asText()).isEqualTo("prod");
    assertThat(json.get("created").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(json.get("tags").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(json.get("id").asText())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(json.get("isNew").asBoolean()).isTrue();
  }

  @Test
  void doesNotCreateAVaultTwice() {
    cli.run("vault", "create");

    Outcome outcome = cli.run("vault", "create");

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.err())
        .contains(
            "error: unable to create vault '", "': there is one already\nHINT: use the vault");
  }

  @Test
  void ifNotExistsKeepsWhatIsThere() {
    cli.run("vault", "create", "--name", "first");

    Outcome outcome = cli.run("vault", "create", "--name", "second", "--if-not-exists");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("there is already vault 'first' at ");
  }

  @Test
  void refusesAName() {
    Outcome outcome = cli.run("vault", "create", "--name", "a b");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to create vault 'a b': a vault's name has 1 to 50 characters of a-z, A-Z, 0-9, '_' and '-'
            HINT: choose a name with --name
            """);
    assertThat(Files.exists(folder.resolve("main vault"))).isFalse();
  }

  @Test
  void saysWhichVaultIsMissing() {
    Outcome outcome = cli.run("vault", "describe");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .contains("': there is no vault.json\nHINT: check the location, or create it with: ");
  }

  @Test
  void asksForAVault() {
    Outcome outcome = new TestingCli(folder).run("vault", "describe");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: no vault is given
            HINT: give it with --vault, DYNAVAULT_VAULT or 'vault:' in dynavault.yaml
            """);
  }

  @Test
  void refusesALocationThatNobodyKnows() {
    Outcome outcome = cli.run("vault", "create", "--vault", "ftp://host/x");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("error: unable to use location 'ftp://host/x': the scheme 'ftp:' is not known");
  }

  @Test
  void describesAnEmptyVault() {
    cli.run("vault", "create", "--tag", "team=shop");

    Outcome outcome = cli.run("vault", "describe");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains(
            "Name             main-vault\n",
            "Created          2026-11-21 10:00:00Z (now)\n",
            "Lock             none\n",
            "Recovery points  0\n",
            "Tags             {team=shop}\n");
  }

  @Test
  void locksOnlyWhenConfirmed() {
    cli.run("vault", "create");

    Outcome plan = cli.run("vault", "lock", "--min-retention-days", "7");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .isEqualTo(
            """
            would lock: governance, retention 7 days at least, can be changed

            Nothing was done. Add --confirm to do it.
            """);
    assertThat(cli.run("vault", "describe").out()).contains("Lock             none\n");

    Outcome done =
        cli.run(
            "vault",
            "lock",
            "--min-retention-days",
            "7",
            "--max-retention-days",
            "30",
            "--confirm");
    assertThat(done.out())
        .isEqualTo("locked: governance, retention 7 to 30 days, can be changed\n");
    assertThat(cli.run("vault", "describe", "--json").json().get("lock").toString())
        .isEqualTo(
            "{\"mode\":\"GOVERNANCE\",\"minRetentionDays\":7,\"final\":false,\"maxRetentionDays\":30}");
  }

  @Test
  void unlocksOnlyWhenConfirmed() {
    cli.run("vault", "create");
    cli.run("vault", "lock", "--min-retention-days", "7", "--confirm");

    assertThat(cli.run("vault", "unlock", "--confirm", "--dry-run").out())
        .startsWith("would remove: governance, retention 7 days at least");
    assertThat(cli.run("vault", "unlock", "--confirm").out()).startsWith("removed the lock: ");
    assertThat(cli.run("vault", "unlock").out()).isEqualTo("the vault is not locked\n");
  }

  @Test
  void refusesAComplianceLockThatCannotBeThoughtOver() {
    cli.run("vault", "create");

    Outcome outcome =
        cli.run(
            "vault",
            "lock",
            "--mode",
            "compliance",
            "--min-retention-days",
            "7",
            "--changeable-for-days",
            "1",
            "--confirm");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("error: unable to lock the vault from ", "less than 3 days");
  }

  @Test
  void refusesARetentionThatIsNone() {
    cli.run("vault", "create");

    Outcome outcome = cli.run("vault", "lock", "--min-retention-days", "0", "--confirm");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(
            "error: unable to lock the vault: the minimum retention must be 1 to 36500 days\n");
  }

  @Test
  void namesTheMissingSubcommand() {
    Outcome outcome = cli.run("vault");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: a command is missing\nTry: dynavault vault --help\n");
  }
}
