// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of runs, by the command that needs no table. */
@Timeout(60)
class RunNoticeTest {
  private static final String[] EXPIRE = {"expire", "--keep-last", "1", "--confirm"};

  @TempDir private Path folder;
  private TestingWebhook webhook;
  private TestingCli cli;

  @BeforeEach
  void fillAVault() throws Exception {
    webhook = new TestingWebhook();
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "vault")
            .with("DYNAVAULT_NOTIFY_WEBHOOK_URL", webhook.url())
            .with("DYNAVAULT_NOTIFY_ON", "success,partial,failure");
    cli.run("vault", "create", "--name", "nightly");
    try (TestingVault vault = TestingVault.open(folder.resolve("vault"))) {
      vault.commit("orders", "01795169400000-00000001"); // 2026-11-20T10:10:00Z
      vault.commit("orders", "01795173000000-00000002"); // 2026-11-20T11:10:00Z
      vault.commit("customers", "01795173000000-00000003");
    }
  }

  @AfterEach
  void stop() {
    webhook.close();
  }

  @Test
  void theEndOfARunIsToldTableByTable() {
    Outcome outcome = cli.run(EXPIRE);

    assertThat(outcome.exitCode()).isZero();
    assertThat(webhook.received()).hasSize(1);
    JsonNode told = webhook.received().get(0);
    assertThat(told.path("subject").asText())
        .isEqualTo("Dynavault cleanup succeeded: 2 tables, vault nightly");
    assertThat(told.findValuesAsText("tableName")).containsExactlyInAnyOrder("orders", "customers");
    assertThat(told.findValuesAsText("note")).contains("removed 1 recovery point, 6 B");
  }

  @Test
  void whoeverCannotBeToldChangesNothingAndIsReported() {
    webhook.answerWith(404);

    Outcome text = cli.run(EXPIRE);
    Outcome json = cli.run("expire", "--keep-last", "1", "--confirm", "--json");

    String problem =
        "unable to notify webhook '%s': it answered with status 404".formatted(webhook.shown());
    assertThat(text.exitCode()).isZero();
    assertThat(text.err()).isEqualTo("warning: " + problem + "\n");
    assertThat(json.exitCode()).isZero();
    assertThat(json.json().path("done").asBoolean()).isTrue();
    assertThat(json.json().path("notifications"))
        .hasToString(
            """
            [{"notifier":"webhook","destination":"%s","delivered":false,"message":"%s"}]\
            """
                .formatted(webhook.shown(), problem));
    assertThat(text.toString() + json).doesNotContain(TestingWebhook.SECRET);
  }

  @Test
  void byDefaultSuccessIsNotTold() {
    Outcome outcome = cli.with("DYNAVAULT_NOTIFY_ON", "").run(EXPIRE);

    assertThat(outcome.exitCode()).isZero();
    assertThat(webhook.received()).isEmpty();
  }

  @Test
  void aRunThatFailsBeforeItHasTablesIsToldAndFailsAsWithout() {
    cli.with("DYNAVAULT_VAULT", "nowhere").with("DYNAVAULT_NOTIFY_ON", "");

    Outcome outcome = cli.run("backup", "--table", "orders");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(webhook.received()).hasSize(1);
    JsonNode told = webhook.received().get(0);
    assertThat(told.path("operation").asText()).isEqualTo("BACKUP");
    assertThat(told.path("outcome").asText()).isEqualTo("FAILURE");
    assertThat(told.path("error").asText()).isEqualTo("VAULT_NOT_FOUND");
    assertThat(told.path("vault").asText()).isEqualTo("nowhere");
  }

  @Test
  void whatIsOnlyPlannedIsNotTold() {
    cli.run("expire", "--keep-last", "1");
    cli.with("DYNAVAULT_VAULT", "nowhere").run("backup", "--table", "orders", "--dry-run");

    assertThat(webhook.received()).isEmpty();
  }

  @Test
  void aMistakeInTheSettingsIsFoundBeforeTheRun() {
    Outcome outcome = cli.with("DYNAVAULT_NOTIFY_EMAIL_HOST", "mail").run(EXPIRE);

    assertThat(outcome.err()).startsWith("error: no notify.email.from is given\n");
    assertThat(cli.run("list", "--json").json().path("recoveryPoints")).hasSize(3);
  }

  @Test
  @Tag("F19")
  void metricsHaveTheAgeOfTheNewestRecoveryPointOfEveryTable() throws IOException {
    cli.at(Instant.parse("2026-11-21T13:10:00Z")).with("DYNAVAULT_METRICS_ENVIRONMENT", "prod");
    String[] expire = {"expire", "--keep-last", "1", "--confirm", "--metrics-file", "metrics"};

    cli.run(expire);
    cli.run(expire);

    List<String> lines = Files.readAllLines(folder.resolve("metrics"));
    assertThat(lines).as("a line for each table of each run").hasSize(4);
    for (String line : lines) {
      JsonNode metric = new ObjectMapper().readTree(line);
      assertThat(metric.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Dynavault");
      assertThat(metric.path("NewestRecoveryPointAge").asDouble()).isEqualTo(26 * 3600);
      assertThat(metric.path("Environment").asText()).isEqualTo("prod");
      assertThat(metric.path("Vault").asText()).isEqualTo("nightly");
    }
  }

  @Test
  void metricsThatCannotBeWrittenAreAWarning() {
    Outcome outcome =
        cli.run("expire", "--keep-last", "1", "--confirm", "--metrics-file", "no/such/folder/m");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).startsWith("warning: unable to append metrics to '");
    assertThat(webhook.received()).hasSize(1);
  }
}
