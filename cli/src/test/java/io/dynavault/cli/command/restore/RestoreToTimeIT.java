// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.HandWrittenChain;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Selector;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.aws.AwsError;
import io.dynavault.testing.aws.AwsStub;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tables of which the vault has a base each, that has seen the table at noon, and changes from
 * eleven o'clock on: until 11:40 item a was the first one, until 11:45 item gone was there.
 */
class RestoreToTimeIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();
  private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");

  @TempDir private Path folder;
  private final String orders = TestingServers.newTableName("shop-orders");
  private final String carts = TestingServers.newTableName("shop-carts");
  private final String copy = TestingServers.newTableName("copy");
  private AwsStub aws;
  private TestingCli cli;

  @BeforeEach
  void backUp() {
    aws = AwsStub.inFrontOf(ENDPOINT);
    System.setProperty("aws.accessKeyId", TestingServers.dynamoDb().credentials().accessKeyId());
    System.setProperty(
        "aws.secretAccessKey", TestingServers.dynamoDb().credentials().secretAccessKey());
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "vault")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_OUTPUT_PROGRESS", "false")
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", aws.uri().toString())
            .at(NOW);
    cli.run("vault", "create");
    LiveTable.createFilled(ENDPOINT, new Shop(orders));
    LiveTable.createFilled(ENDPOINT, new Shop(carts));
    assertThat(cli.run("backup", "--table", orders, "--table", carts).exitCode()).isZero();
    try (TestingVault vault = TestingVault.open(folder.resolve("vault"))) {
      chain(vault, orders).commit(at("12:30:00"));
      chain(vault, carts).commit(at("12:20:00"));
    }
  }

  private static HandWrittenChain chain(TestingVault vault, String table) {
    RecoveryPoint base = vault.vault().catalog().find(table, new Selector.Latest()).point();
    ObjectStore store = vault.vault().store();
    return new HandWrittenChain(store, base, at("11:00:00"))
        .change(at("11:40:00"), key("a"), item("a", 1), item("a", 2))
        .change(at("11:45:00"), key("gone"), item("gone", 1), "")
        .commit(at("12:00:05"))
        .change(at("12:10:00"), key("b"), item("b", 1), item("b", 2))
        .change(at("12:15:00"), key("new"), "", item("new", 1));
  }

  @AfterEach
  void drop() {
    for (String table : List.of(orders, carts, copy, copy + "-orders", copy + "-carts")) {
      try {
        LiveTable.of(ENDPOINT, table).drop();
      } catch (RuntimeException e) {
        assertThat(e).hasMessageContaining("ResourceNotFoundException");
      }
    }
    aws.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void aNewTableIsAsTheOldOneWas() {
    restore("--to-time", "2026-03-01T11:30:00Z");
    assertThat(items(copy)).containsExactly(item("a", 1), item("b", 1), item("gone", 1));
  }

  /** Expiry would fight the restore: the setting comes when all items are there. */
  @Test
  void timeToLiveStaysOffUntilAllItemsAreWritten() {
    aws.forgetRequests();
    restore("--to-time", "latest", "--validate=all");

    assertThat(items(copy)).containsExactly(item("a", 2), item("b", 2), item("new", 1));
    List<String> calls = aws.calls();
    int lastWrite = String.join(" ", calls).lastIndexOf("BatchWriteItem");
    int timeToLive = String.join(" ", calls).indexOf("UpdateTimeToLive");
    assertThat(lastWrite).isPositive();
    assertThat(timeToLive).isGreaterThan(lastWrite);
  }

  @Test
  void aSpanIsBeforeNow() {
    cli.at(NOW);
    restore("--to-time", "-55m");
    assertThat(items(copy)).containsExactly(item("a", 2), item("b", 1));
  }

  @Test
  void aLiveTableIsMadeWhatItWas() {
    Outcome outcome =
        cli.run(
            "restore",
            orders,
            "--to-time",
            "2026-03-01T12:10:01Z",
            "--on-conflict",
            "identical",
            "--confirm");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(items(orders)).containsExactly(item("a", 2), item("b", 2));
    assertThat(cli.run("compare", orders, "--to-time", "2026-03-01T13:10:01+01:00").out())
        .contains("identical: 2 items the same");
  }

  @Test
  void someItemsComeBackByKey() {
    Outcome outcome =
        cli.run(
            "restore",
            orders,
            "--to-time",
            "2026-03-01T11:30:00Z",
            "--on-conflict",
            "skip",
            "--key",
            "pk=gone",
            "--confirm");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(items(orders)).containsExactly(item("a", 2), item("b", 1), item("gone", 1));
  }

  @Test
  void thePlanNamesMomentBaseAndChanges() {
    Outcome outcome =
        cli.run(
            "restore",
            orders,
            "--to-time",
            "2026-03-01T11:59:59.9Z",
            "--target-table",
            copy,
            "--dry-run",
            "--json");

    JsonNode moment = outcome.json().at("/plans/0/moment");
    assertThat(moment.get("time").asText()).isEqualTo("2026-03-01T11:59:59Z");
    assertThat(moment.get("changes").asInt()).isEqualTo(2);
    assertThat(moment.get("changeFiles").asInt()).isEqualTo(1);
    assertThat(moment.get("earliestRestorable").asText()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(moment.get("latestRestorable").asText()).isEqualTo("2026-03-01T12:30:00Z");
    String text =
        cli.run(
                "restore",
                orders,
                "--to-time",
                "2026-03-01T11:59:59Z",
                "--target-table",
                copy,
                "--dry-run")
            .out();
    assertThat(text)
        .contains(
            "as it was at 2026-03-01T11:59:59Z",
            "2 changes in 1 file; restorable from 2026-03-01T11:00:00Z to 2026-03-01T12:30:00Z");
  }

  @Test
  void severalTablesComeBackAtOneMoment() {
    Outcome plan = severalTables("--dry-run", "--json");
    Outcome outcome = severalTables("--json", "--no-progress");

    for (int table = 0; table < 2; table++) {
      JsonNode moment = plan.json().at("/plans/" + table + "/moment");
      assertThat(moment.get("time").asText()).isEqualTo("2026-03-01T12:20:00Z");
      assertThat(moment.get("limitedBy").asText()).isEqualTo(carts);
    }
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(items(copy + "-orders")).containsExactly(item("a", 2), item("b", 2), item("new", 1));
  }

  private Outcome severalTables(String... more) {
    return run(
        Stream.of(
            "restore",
            "shop-*",
            "--to-time",
            "latest",
            "--rename",
            orders + "=" + copy + "-orders",
            "--rename",
            carts + "=" + copy + "-carts"),
        more);
  }

  @Test
  void momentsOutsideAreRefusedWithTheNearestOnes() {
    Outcome early = cli.run("restore", orders, "--to-time", "2026-03-01T10:00:00Z");
    Outcome future = cli.run("restore", orders, "--to-time", "2027-03-01T14:00:00Z");

    assertThat(early.exitCode()).isEqualTo(2);
    assertThat(early.err()).contains("--to-time 2026-03-01T11:00:00Z");
    assertThat(future.err()).contains("in the future", "--to-time 2026-03-01T12:30:00Z");
  }

  @Test
  void otherChoicesDoNotGoWithIt() {
    for (List<String> more :
        List.of(
            List.of("--at", "2026-03-01T12:00:00Z"),
            List.of("--id", "latest"),
            List.of("latest"),
            List.of("s3://bucket/exports"),
            List.of("--via", "import"))) {
      Outcome refused =
          run(
              Stream.of("restore", "-t", orders, "--to-time", "latest"),
              more.toArray(String[]::new));
      assertThat(refused.exitCode()).as(more.toString()).isEqualTo(2);
    }
  }

  /** A newer base has come into being: the restore goes on with the one that it began with. */
  @Test
  void aRestoreIsResumedToTheSameMomentOnly() throws Exception {
    String[] begun = {"restore", orders, "--target-table", copy, "--to-time"};
    aws.failNext("BatchWriteItem", AwsError.of("AccessDeniedException", "not now"), 1);
    Outcome failed = run(Stream.of(begun), "2026-03-01T11:50:00Z");
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(12);
    assertThat(failed.err()).contains("--resume --to-time 2026-03-01T11:50:00Z");
    newerBase();

    Outcome other = run(Stream.of(begun), "2026-03-01T11:51:00Z", "--resume");
    Outcome moving = run(Stream.of(begun), "latest", "--resume");
    Outcome same = run(Stream.of(begun), "2026-03-01T12:50:00.7+01:00", "--resume");

    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("another moment", "--to-time");
    assertThat(moving.exitCode()).isEqualTo(2);
    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(items(copy)).containsExactly(item("a", 2), item("b", 1));
  }

  private void newerBase() throws Exception {
    assertThat(cli.run("backup", "--table", orders).exitCode()).isZero();
    try (TestingVault vault = TestingVault.open(folder.resolve("vault"))) {
      ChainLog log = new ContinuousBackups(vault.vault().store()).newest(orders).orElseThrow();
      RecoveryPoint point = vault.vault().catalog().find(orders, new Selector.Latest()).point();
      Instant from = at("11:45:01");
      log.add(new Base(log.chain().id(), point.id(), 1, Optional.of(from), 2, from));
    }
  }

  @Test
  void itemsOfAMomentArePrinted() {
    Outcome outcome = cli.run("cat", orders, "--to-time", "2026-03-01T11:30:00Z");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .hasSize(3)
        .contains("{\"Item\":" + item("a", 1) + "}", "{\"Item\":" + item("gone", 1) + "}");
  }

  private void restore(String... more) {
    Outcome outcome = run(Stream.of("restore", orders, "--target-table", copy), more);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private Outcome run(Stream<String> arguments, String... more) {
    return cli.run(Stream.concat(arguments, Arrays.stream(more)).toArray(String[]::new));
  }

  private static List<String> items(String table) {
    return LiveTable.of(ENDPOINT, table).contents().values().stream().sorted().toList();
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-01T" + time + "Z");
  }

  private static String key(String key) {
    return "{\"pk\":{\"S\":\"" + key + "\"}}";
  }

  private static String item(String key, int version) {
    return "{\"pk\":{\"S\":\"%s\"},\"v\":{\"N\":\"%d\"}}".formatted(key, version);
  }

  /** As it was when the base was made, at noon: the second change is the last that it has seen. */
  private record Shop(String name) implements DemoTable {
    @Override
    public String createTableRequest() {
      return """
      {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
      """
          .formatted(name);
    }

    @Override
    public Optional<String> updateTimeToLiveRequest() {
      return Optional.of(
          """
          {"TableName":"%s",
           "TimeToLiveSpecification":{"AttributeName":"expires","Enabled":true}}
          """
              .formatted(name));
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public Stream<String> items() {
      return Stream.of(item("a", 2), item("b", 1));
    }
  }
}
