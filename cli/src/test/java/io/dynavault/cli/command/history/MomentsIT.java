// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.HandWrittenChain;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Selector;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.LiveTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table whose base has seen it at noon, and changes from eleven o'clock on: until 11:40 item a
 * was the first one, until 11:45 item gone was there, b was changed at 12:10, new came at 12:15.
 */
class MomentsIT {
  @TempDir private static Path folder;
  private static LocalTables tables;
  private static TestingCli cli;
  private static String orders;

  @BeforeAll
  static void backUp() {
    tables = new LocalTables(folder);
    cli = tables.cli().at(at("13:00:00"));
    orders = LocalTables.newName("orders");
    tables.table(orders);
    LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), new Orders(orders));
    assertThat(cli.run("backup", "--table", orders).exitCode()).isZero();
    try (TestingVault vault = TestingVault.open(folder.resolve("vault"))) {
      RecoveryPoint base = vault.vault().catalog().find(orders, new Selector.Latest()).point();
      new HandWrittenChain(vault.vault().store(), base, at("11:00:00"))
          .change(at("11:40:00"), key("a"), item("a", 1), item("a", 2))
          .change(at("11:45:00"), key("gone"), item("gone", 1), "")
          .commit(at("12:00:05"))
          .change(at("12:10:00"), key("b"), item("b", 1), item("b", 2))
          .change(at("12:15:00"), key("new"), "", item("new", 1))
          .commit(at("12:30:00"));
    }
  }

  @AfterAll
  static void dropTables() {
    tables.close();
  }

  @Test
  void printsAnItemAsItsLastChangeLeftItWithoutTheBase() {
    Outcome outcome = version("a", "2026-03-01T12:50:00+01:00");

    assertThat(outcome.out()).isEqualTo("{\"Item\":" + item("a", 2) + "}\n");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void readsTheBaseForAnItemThatWasNotWrittenBefore() {
    Outcome changedLater = version("a", "2026-03-01T11:30:00Z");
    Outcome neverChanged = version("b", "2026-03-01T12:05:00Z");

    assertThat(changedLater.out()).isEqualTo("{\"Item\":" + item("a", 1) + "}\n");
    assertThat(changedLater.err()).startsWith("reading recovery point '");
    assertThat(neverChanged.out())
        .contains("\"pk\":{\"S\":\"b\"}", "\"version\":{\"N\":\"1\"}")
        .hasLineCount(1);
  }

  @Test
  void printsNothingForAnItemThatWasNotThere() {
    assertThat(version("gone", "2026-03-01T11:45:01Z").out()).isEmpty();
    assertThat(version("gone", "2026-03-01T11:45:00Z").out()).contains("gone");
    assertThat(version("new", "2026-03-01T12:00:00Z").out()).isEmpty();
    assertThat(version("new", "latest").out()).contains("new");
  }

  @Test
  void refusesAMomentThatNobodyKnows() {
    Outcome outcome = version("a", "2026-03-01T10:30:00Z");

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.err()).startsWith("error: unable to ");
  }

  @Test
  void showsWhatDiffersBetweenTwoMoments() {
    Outcome outcome =
        cli.run("diff", orders + "@2026-03-01T11:30:00Z", orders + "@2026-03-01T13:20:00+01:00");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo(
            """
            changed  {"pk":{"S":"a"}}
                ~ version: 1 -> 2
            changed  {"pk":{"S":"b"}}
                ~ version: 1 -> 2
            removed  {"pk":{"S":"gone"}}
                - version: 1
            added    {"pk":{"S":"new"}}
                + version: 1
            not identical: 0 items the same, 1 added, 1 removed, 2 changed
            """);
    assertThat(outcome.exitCode()).isEqualTo(4);
  }

  @Test
  void showsWhatHasBecomeOfAMoment() {
    cli.at(at("13:00:00"));

    Outcome outcome = cli.run("diff", orders + "@-55m", "live:" + orders);

    assertThat(outcome.out())
        .isEqualTo("identical: 2 items the same, 0 added, 0 removed, 0 changed\n");
    assertThat(outcome.exitCode()).isZero();
  }

  private static Outcome version(String key, String moment) {
    return cli.run("history", orders, "--key", "pk=" + key, "--at", moment);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-01T" + time + "Z");
  }

  private static String key(String key) {
    return "{\"pk\":{\"S\":\"%s\"}}".formatted(key);
  }

  private static String item(String key, int version) {
    return "{\"pk\":{\"S\":\"%s\"},\"version\":{\"N\":\"%d\"}}".formatted(key, version);
  }

  private record Orders(String name) implements DemoTable {
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
    public int size() {
      return 2;
    }

    @Override
    public Stream<String> items() {
      return Stream.of(item("a", 2), item("b", 1));
    }
  }
}
