// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backtrack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.time.Timing;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.continuous.RecordedTable;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three items changed in the hour before the time that commands see. Whether all changes are there
 * is asked of DynamoDB's clock, which tests cannot set: the capture is ahead of it.
 */
class BacktrackCommandIT {
  private static final Instant START = TestingCli.NOW.minusSeconds(3600);
  private static final String TO_TIME = "2026-11-21T09:30:00Z";

  @TempDir Path folder;

  private final String name = LocalTables.newName("orders");
  private LocalTables tables;
  private TestingCli cli;
  private ObjectStore store;
  private LiveTable live;
  private RecordedTable table;

  @BeforeEach
  void changeThreeItems() {
    tables = new LocalTables(folder);
    cli = tables.cli();
    Timing timing = Timing.system();
    store =
        Stores.open(
            new StoreLocation.Folder(folder.resolve("vault")),
            new StoreConfig(
                S3Config.defaults(), timing.clock(), timing.sleeper(), timing.random()));
    live = LiveTable.create(TestingServers.dynamoDb().endpoint(), new SmallTable(name, 0));
    tables.table(name);
    table = new RecordedTable(live, definition(name), store, START);
    table.put(at(60), item("changed", "false"));
    table.put(at(60), item("deleted", "false"));
    table.put(at(60), item("same", "false"));
    table.put(at(2000), item("changed", "true"));
    table.delete(at(2001), key("deleted"));
    table.put(at(2002), item("new", "true"));
    table.commit(Instant.parse("2100-01-01T00:00:00Z"));
  }

  @AfterEach
  void close() {
    store.close();
    tables.close();
  }

  @Test
  void aPlanNamesWhatWouldBeDoneAndDoesNothing() {
    SortedMap<String, String> before = live.contents();
    TestingCli.Outcome plan = cli.run("backtrack", name, "--to-time", TO_TIME);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out().lines())
        .contains(
            "replace  {\"id\":{\"S\":\"changed\"}}",
            "put      {\"id\":{\"S\":\"deleted\"}}",
            "delete   {\"id\":{\"S\":\"new\"}}",
            "Nothing was done. Add --confirm to do it.",
            "With --unless-changed-since 2100-01-01T00:00:00Z, what changes until then is left"
                + " alone.");
    assertThat(plan.err())
        .isEqualTo(
            "table %s back to 2026-11-21 09:30:00Z, by its changes until 2100-01-01 00:00:00Z\n"
                .formatted(name));
    assertThat(live.contents()).isEqualTo(before);
    assertThat(undoFiles()).isEmpty();
  }

  @Test
  void showPrintsWhatChangesInEachItem() {
    TestingCli.Outcome plan = cli.run("backtrack", name, "--to-time", TO_TIME, "--show");
    assertThat(plan.out())
        .contains("replace  {\"id\":{\"S\":\"changed\"}}\n    ~ paid: true -> false\n");
  }

  /**
   * That of this machine, which says ten o'clock, may be wrong: another time would be gone back to.
   */
  @Test
  void aSpanIsCountedBackByTheClockOfTheServer() {
    String old = LocalTables.newName("old");
    LiveTable oldTable =
        LiveTable.create(TestingServers.dynamoDb().endpoint(), new SmallTable(old, 0));
    tables.table(old);
    new RecordedTable(oldTable, definition(old), store, Instant.parse("2020-01-01T00:00:00Z"))
        .commit(Instant.parse("2100-01-01T00:00:00Z"));

    TestingCli.Outcome plan = cli.run("backtrack", old, "--to-time", "-1m");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.err())
        .startsWith("table %s back to ".formatted(old))
        .doesNotContain("back to 2026-11-21 09:59:00Z");
  }

  @Test
  void itIsDoneAndTakenBack() {
    SortedMap<String, String> before = live.contents();
    TestingCli.Outcome done = cli.run("backtrack", name, "--to-time", TO_TIME, "--confirm");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(live.contents().values())
        .containsExactlyInAnyOrder(
            item("changed", "false"), item("deleted", "false"), item("same", "false"));
    assertThat(undoFiles())
        .containsExactly("dynavault-undo-" + name + "-20261121T100000Z.jsonl.gz");
    String file = undoFiles().get(0);
    assertThat(done.out())
        .endsWith(
            "to take it back: dynavault backtrack --undo %s --confirm\n"
                .formatted(folder.resolve(file)));

    TestingCli.Outcome again =
        cli.run("backtrack", name, "--to-time", TO_TIME, "--confirm", "--undo-file", "other.jsonl");
    assertThat(again.exitCode()).isZero();
    assertThat(folder.resolve("other.jsonl")).doesNotExist();

    assertThat(cli.run("backtrack", "--undo", file).out())
        .contains("Nothing was done. Add --confirm to do it.");
    TestingCli.Outcome undone =
        cli.run("backtrack", "--undo", file, "--confirm", "--undo-file", "redo.jsonl");
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(live.contents()).isEqualTo(before);
    assertThat(folder.resolve("redo.jsonl")).exists();
  }

  @Test
  void programsGetEveryItemAndTheCounts() {
    live.put(item("changed", "null")); // which the capture has not seen
    TestingCli.Outcome done =
        cli.run("backtrack", name, "--to-time", TO_TIME, "--confirm", "--json");
    assertThat(done.exitCode()).isEqualTo(3);
    List<JsonNode> lines = done.out().lines().map(BacktrackCommandIT::json).toList();
    JsonNode put = find(lines, "PUT");
    assertThat(put.path("key").textValue()).isEqualTo("{\"id\":{\"S\":\"deleted\"}}");
    assertThat(put.path("newImage").toString())
        .isEqualTo("{\"id\":{\"S\":\"deleted\"},\"paid\":{\"BOOL\":false}}");
    assertThat(put.has("oldImage")).isFalse();
    assertThat(find(lines, "CHANGED").path("reason").textValue())
        .isEqualTo("it is not what it was last known to be");
    JsonNode summary = lines.get(lines.size() - 1);
    assertThat(summary.path("messageType").textValue()).isEqualTo("summary");
    assertThat(summary.path("done").booleanValue()).isTrue();
    assertThat(summary.path("toTime").textValue()).isEqualTo(TO_TIME);
    assertThat(summary.path("putItems").intValue()).isEqualTo(1);
    assertThat(summary.path("deletedItems").intValue()).isEqualTo(1);
    assertThat(summary.path("changedItems").intValue()).isEqualTo(1);
    assertThat(Path.of(summary.path("undoFile").textValue())).exists();
  }

  @Test
  void onlyWhatIsChosenIsRolledBack() {
    cli.run(
        "backtrack",
        name,
        "--to-time",
        TO_TIME,
        "--changed-to",
        "2026-11-21T09:33:22Z",
        "--filter-expression",
        "paid = :no",
        "--expression-attribute-values",
        "{\":no\":{\"BOOL\":false}}",
        "--confirm");
    assertThat(live.contents().values())
        .containsExactlyInAnyOrder(
            item("changed", "false"),
            item("deleted", "false"),
            item("same", "false"),
            item("new", "true"));
  }

  @Test
  void mistakesAreToldWithTheWayOut() {
    TestingCli.Outcome none = cli.run("backtrack", name);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .contains("unable to roll back: no time is given", "--to-time 2026-11-21T14:02:59Z");
    assertThat(cli.run("backtrack").exitCode()).isEqualTo(2);
    assertThat(cli.run("backtrack", name, "--to-time", "latest").err())
        .contains("the latest time is what the table is now");
    TestingCli.Outcome both = cli.run("backtrack", name, "--undo", "file.jsonl");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--undo takes back all of its file");
    TestingCli.Outcome early = cli.run("backtrack", name, "--to-time", "2026-11-21T08:00:00Z");
    assertThat(early.exitCode()).isEqualTo(2);
    assertThat(early.err()).contains("its continuous backup began at 2026-11-21T09:00:00Z");
    assertThat(cli.run("backtrack", "--undo", "missing.jsonl").exitCode()).isEqualTo(10);
  }

  @Test
  void aTableWithoutContinuousBackupIsToldTheOtherWay() {
    String other = LocalTables.newName("other");
    LiveTable.create(TestingServers.dynamoDb().endpoint(), new SmallTable(other, 0));
    tables.table(other);
    TestingCli.Outcome outcome = cli.run("backtrack", other, "--to-time", TO_TIME);
    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .contains(
            "the vault has no continuous backup of it",
            "dynavault restore " + other + " --at TIME --on-conflict identical");
  }

  private static TableDefinition definition(String name) {
    try (TableClients clients =
        TableClients.open(TestingEngine.config(TestingServers.dynamoDb().endpoint()))) {
      return new TableDescriber(clients).describe(name).definition();
    }
  }

  private List<String> undoFiles() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("dynavault-undo"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode find(List<JsonNode> lines, String action) {
    return lines.stream()
        .filter(line -> line.path("action").asText().equals(action))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String item(String id, String paid) {
    String value = paid.equals("null") ? "{\"NULL\":true}" : "{\"BOOL\":" + paid + "}";
    return "{\"id\":{\"S\":\"%s\"},\"paid\":%s}".formatted(id, value);
  }

  private static String key(String id) {
    return "{\"id\":{\"S\":\"%s\"}}".formatted(id);
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
