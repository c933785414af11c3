// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListAndDescribeTest {
  /** 2026-11-21T07:00:00Z, three hours before the commands run. */
  private static final String ORDERS_NEW = "01795244400000-0a1b2c3d";

  /** 2026-11-20T09:59:59Z. */
  private static final String ORDERS_OLD = "01795168799000-0a1b2c3e";

  /** 2026-11-21T09:59:00Z. */
  private static final String CUSTOMERS = "01795255140000-ffffffff";

  @TempDir private Path folder;
  private TestingCli cli;
  private TestingVault vault;

  @BeforeEach
  void fillAVault() throws InterruptedException {
    cli = new TestingCli(folder).with("DYNAVAULT_VAULT", "vault");
    cli.run("vault", "create");
    vault = TestingVault.open(folder.resolve("vault"));
    vault.commit("orders", ORDERS_OLD);
    vault.commit(
        "orders",
        ORDERS_NEW,
        Map.of("reason", "release"),
        Optional.of(Instant.parse("2026-11-30T00:00:00Z")));
    vault.commit("customers", CUSTOMERS);
  }

  @AfterEach
  void closeVault() {
    vault.close();
  }

  @Test
  void listsAndDescribesWhatAwsKeeps() throws Exception {
    vault.commitOnDemand("users", CUSTOMERS);

    assertThat(cli.run("list").out())
        .contains("1 min ago      -")
        .containsPattern("users +" + CUSTOMERS + " .* at AWS +on-demand");

    Outcome text = cli.run("describe", CUSTOMERS, "--table", "users");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains("at AWS")
        .contains("arn:aws:dynamodb:us-east-1:111122223333:table/users/backup/" + CUSTOMERS);

    JsonNode json = cli.run("describe", CUSTOMERS, "--table", "users", "--json").json();
    assertThat(json.get("method").textValue()).isEqualTo("ON_DEMAND");
    assertThat(json.get("sizeBytes").longValue()).isEqualTo(2_000);
    assertThat(json.get("backupArn").textValue()).endsWith("/backup/" + CUSTOMERS);
    assertThat(json.get("files")).isEmpty();
    assertThat(json.has("itemCount")).isFalse();
    assertThat(json.has("exportPrefix")).isFalse();
  }

  @Test
  void listsTheNewestOfEachTableFirst() {
    Outcome outcome = cli.run("list");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo(
            """
            TABLE      RECOVERY POINT           BEGAN                       AGE  ITEMS  SIZE  STORED  NOTES
            customers  01795255140000-ffffffff  2026-11-21 09:59:00Z  1 min ago      2  74 B     6 B  scan
            orders     01795244400000-0a1b2c3d  2026-11-21 07:00:00Z    3 h ago      2  74 B     6 B  scan, expires in 9 d, reason=release
            orders     01795168799000-0a1b2c3e  2026-11-20 09:59:59Z   24 h ago      2  74 B     6 B  scan
            """);
  }

  @Test
  void listsWhatAPatternOrATagSelects() {
    assertThat(cli.run("list", "--table", "cust*").out())
        .contains(CUSTOMERS)
        .doesNotContain("orders");
    assertThat(cli.run("list", "--table", "orders").out())
        .contains(ORDERS_NEW, ORDERS_OLD)
        .doesNotContain("customers");
    assertThat(cli.run("list", "--tag", "reason=release").out())
        .contains(ORDERS_NEW)
        .doesNotContain(ORDERS_OLD);
    assertThat(cli.run("list", "--table", "nothing").out()).isEqualTo("no recovery points\n");
  }

  @Test
  void listsAsOneJsonDocument() {
    JsonNode points = cli.run("list", "--table", "orders", "--json").json().get("recoveryPoints");

    assertThat(points).hasSize(2);
    JsonNode newest = points.get(0);
    assertThat(newest.get("recoveryPointId").asText()).isEqualTo(ORDERS_NEW);
    assertThat(newest.get("tableName").asText()).isEqualTo("orders");
    assertThat(newest.get("startTime").asText()).isEqualTo("2026-11-21T07:00:00Z");
    assertThat(newest.get("endTime").asText()).isEqualTo("2026-11-21T07:01:12Z");
    assertThat(newest.get("itemCount").asLong()).isEqualTo(2);
    assertThat(newest.get("storedBytes").asLong()).isEqualTo(6);
    assertThat(newest.get("deleteAfter").asText()).isEqualTo("2026-11-30T00:00:00Z");
    assertThat(newest.get("tags").get("reason").asText()).isEqualTo("release");
  }

  @Test
  void namesARecordThatCannotBeReadAndListsTheOthers() throws IOException {
    Path record = folder.resolve("vault/recovery-points/orders/" + ORDERS_OLD + ".json");
    Files.writeString(record, "{\"formatVersion\":\"1.0\"");

    Outcome outcome = cli.run("list");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).contains(ORDERS_NEW).doesNotContain(ORDERS_OLD);
    assertThat(outcome.err())
        .startsWith(
            "warning: recovery point '" + ORDERS_OLD + "' of table 'orders' cannot be read: ");
    assertThat(cli.run("list", "--json").json().get("unreadable")).hasSize(1);
  }

  @Test
  void describesTheLatestOfATable() {
    Outcome outcome = cli.run("describe", "--table", "orders");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines())
        .contains(
            "Recovery point  " + ORDERS_NEW,
            "Began           2026-11-21 07:00:00Z (3 h ago)",
            "Took            1 min 12 s",
            "Consistency     non consistent",
            "Items           2",
            "Stored          6 B in 1 file",
            "Format          dynamodb json, none",
            "Expires         2026-11-30 00:00:00Z (in 9 d)",
            "Tags            {reason=release}",
            "  Keys            pk (S)",
            "  Capacity        pay per request",
            "  Time to live    expires",
            "  Not known       tags");
  }

  @Test
  void describesByTheBeginningOfAnId() {
    JsonNode json = cli.run("describe", "01795255", "--json").json();

    assertThat(json.get("recoveryPointId").asText()).isEqualTo(CUSTOMERS);
    assertThat(json.get("table").get("tableName").asText()).isEqualTo("customers");
    assertThat(json.get("files").get(0).get("size").asLong()).isEqualTo(6);
  }

  @Test
  void describesWhatWasCompleteAtATime() {
    JsonNode json =
        cli.run("describe", "--table", "orders", "--at", "2026-11-21T07:01:11Z", "--json").json();

    assertThat(json.get("recoveryPointId").asText()).isEqualTo(ORDERS_OLD);
  }

  @Test
  void latestNeverCrossesTables() {
    Outcome outcome = cli.run("describe", "latest");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to select recovery point 'latest': the vault holds several tables: customers, orders
            HINT: name the table with --table
            """);
  }

  @Test
  void anAmbiguousPrefixListsTheCandidates() {
    Outcome outcome = cli.run("describe", "01795");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("it could be ", ORDERS_NEW + " (orders)", "HINT: give more characters of the id");
  }

  @Test
  void anUnknownRecoveryPointIsNotFound() {
    Outcome outcome = cli.run("describe", "09");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to find recovery point '09': there is none
            HINT: see what there is with: dynavault list
            """);
  }

  @Test
  void aTimeWithoutAnOffsetIsRefused() {
    Outcome outcome = cli.run("describe", "--at", "2026-11-21T07:00:00");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: invalid value for option '--at': '2026-11-21T07:00:00' is not a time with an offset, such as 2026-11-21T09:30:00Z or 2026-11-21T10:30:00+01:00
            Try: dynavault describe --help
            """);
  }
}
