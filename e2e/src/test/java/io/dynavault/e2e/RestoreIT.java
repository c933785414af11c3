// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.demo.GeneratedTable;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.table.LiveTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestoreIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void bringsATableBackFromABucket() {
    Launcher launcher = sandbox.onS3();
    LiveTable source = sandbox.fill(new GeneratedTable(Sandbox.newName(), 500, 1));
    LiveTable target = sandbox.made(Sandbox.newName());
    launcher.run("vault", "create").succeeds();
    launcher.run("backup", "--table", source.name(), "--compression", "zstd").succeeds();

    Finished restore =
        launcher.run("restore", "--table", source.name(), "--target-table", target.name());

    assertThat(restore.succeeds().out()).contains(target.name()).contains("500");
    assertThat(target).hasSameItemsAs(source);
    JsonNode before = source.description();
    JsonNode after = target.description();
    for (String setting : List.of("KeySchema", "LocalSecondaryIndexes", "StreamSpecification")) {
      assertThat(names(after.path(setting))).as(setting).isEqualTo(names(before.path(setting)));
    }
    Finished compared = launcher.run("compare", "--table", source.name(), "--with", target.name());
    assertThat(compared.succeeds().out())
        .isEqualTo("identical: 500 items the same, 0 missing, 0 extra, 0 different\n");
  }

  /** Index names and the like, without sizes and ARNs, which differ. */
  private static List<String> names(JsonNode setting) {
    return setting.findValuesAsText("IndexName").stream().sorted().toList();
  }

  @Test
  void doesNotTouchATableThatExistsUntilToldWhatToDo() throws InterruptedException {
    LiveTable table = orders();
    sandbox.backUp(table);
    table.delete("{\"order_id\":{\"S\":\"3801\"},\"item_id\":{\"S\":\"23\"}}");
    table.put("{\"order_id\":{\"S\":\"new\"},\"item_id\":{\"S\":\"i1\"}}");
    int size = table.contents().size();

    Finished refused = sandbox.run("restore", "--table", table.name());

    assertThat(refused.exits(13).err())
        .isEqualTo(
            """
            error: unable to restore to table '%s': it exists
            HINT: restore under another name with --target-table or --rename, or say with --on-conflict what to do with its items
            """
                .formatted(table.name()));
    Finished planned =
        sandbox.run("restore", "--table", table.name(), "--on-conflict", "identical");
    assertThat(planned.succeeds().out())
        .endsWith("Nothing was done. Items can be replaced or deleted: add --confirm to do it.\n");
    assertThat(table).hasSize(size);
    sandbox
        .run("restore", "--table", table.name(), "--on-conflict", "identical", "--confirm")
        .succeeds();
    sandbox.run("compare", "--table", table.name()).succeeds();
  }

  @Test
  void listsWhatDiffersByKey() throws InterruptedException {
    LiveTable table = orders();
    sandbox.backUp(table);
    table.put("{\"order_id\":{\"S\":\"new\"},\"item_id\":{\"S\":\"i1\"},\"x\":{\"N\":\"1\"}}");

    Finished compared = sandbox.run("compare", "--table", table.name());

    assertThat(compared.exits(4).out())
        .contains("extra      {\"order_id\":{\"S\":\"new\"},\"item_id\":{\"S\":\"i1\"}}\n")
        .contains(", 0 missing, 1 extra, 0 different\n");
    List<JsonNode> lines = sandbox.run("compare", "--json").exits(4).jsonLines();
    assertThat(lines)
        .extracting(line -> line.path("messageType").textValue())
        .containsExactly("item", "summary");
    assertThat(lines.get(1).path("extra").intValue()).isEqualTo(1);
    assertThat(lines.get(1).path("identical").booleanValue()).isFalse();
  }

  @Test
  void refusesATableWithOtherKeysBeforeItWritesAnything() throws InterruptedException {
    LiveTable table = orders();
    LiveTable other = sandbox.fill(new SmallTable(Sandbox.newName(), 20));
    sandbox.backUp(table);

    Finished refused =
        sandbox.run(
            "restore", "--target-table", other.name(), "--on-conflict", "overwrite", "--confirm");

    assertThat(refused.exits(13).err())
        .startsWith("error: unable to restore to table '" + other.name() + "': ")
        .contains("\nHINT: ");
    assertThat(other).hasSize(20);
  }

  @Test
  void takesOnlyTheItemsAskedFor() throws InterruptedException {
    LiveTable table = Sandbox.airports();
    LiveTable one = sandbox.made(Sandbox.newName());
    LiveTable some = sandbox.made(Sandbox.newName());
    sandbox.createVault();
    sandbox.backUp(table);

    sandbox.run("restore", "--target-table", one.name(), "--key", "id=4").succeeds();
    sandbox
        .run(
            "restore",
            "--target-table",
            some.name(),
            "--filter-expression",
            "begins_with(icao, :p)",
            "--expression-attribute-values",
            "{\":p\":{\"S\":\"EDD\"}}")
        .succeeds();

    assertThat(one.contents().keySet()).containsExactly("{\"id\":{\"N\":\"4\"}}");
    long expected =
        table.contents().values().stream().filter(i -> i.contains("{\"S\":\"EDD")).count();
    assertThat(expected).isBetween(5L, 100L);
    assertThat(some.contents()).hasSize((int) expected);
  }

  @Test
  void dryRunCreatesNothing() throws InterruptedException {
    LiveTable table = orders();
    sandbox.backUp(table);

    Finished plan = sandbox.run("restore", "--target-table", "not-made", "--dry-run");

    assertThat(plan.succeeds().out()).contains("not-made").contains("Nothing was done.");
    assertThat(LiveTable.of(Sandbox.endpoint(), "not-made").exists()).isFalse();
  }

  @Test
  void namesThatAreNoneAreRefused() throws InterruptedException {
    LiveTable table = orders();
    sandbox.backUp(table);

    for (String name : List.of("..", "../../etc/passwd", "a/b", "x", "tab\tle")) {
      assertThat(sandbox.run("restore", "--target-table", name).exits(2).err())
          .as(name)
          .startsWith("error: unable to ");
    }
  }

  private LiveTable orders() {
    sandbox.createVault();
    return sandbox.fill(new OrdersTable(Sandbox.newName()));
  }
}
