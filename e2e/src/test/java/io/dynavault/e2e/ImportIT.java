// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Items that leave a vault as text, and items that come from files. */
class ImportIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private LiveTable source;
  private LiveTable target;

  @BeforeEach
  void makeTables() {
    source = sandbox.fill(new OrdersTable(Sandbox.newName()));
    OrdersTable empty = new OrdersTable(Sandbox.newName());
    target = LiveTable.create(Sandbox.endpoint(), empty);
    sandbox.made(target.name());
  }

  @Test
  void whatCatPrintsImportTakes() {
    sandbox.createVault();
    sandbox.run("backup", "--table", source.name(), "--format", "ion").succeeds();

    Finished piped =
        sandbox
            .launcher()
            .shell(
                "dynavault cat | dynavault import - --format dynamodb-json --table "
                    + target.name());

    piped.succeeds();
    assertThat(target).hasSameItemsAs(source);
    assertThat(sandbox.run("cat", "--format", "csv", "--columns", "order_id,item_id").out())
        .startsWith("order_id,item_id\n")
        .contains("\n3801,23\n");
    assertThat(sandbox.run("cat", "--format", "json", "--key", "order_id=3801").json())
        .isEqualTo(
            sandbox.run("cat", "--format", "json", "--limit", "8").jsonLines().stream()
                .filter(item -> item.path("order_id").asText().equals("3801"))
                .findFirst()
                .orElseThrow());
  }

  @Test
  void oneBadItemStopsAllBeforeAnyIsWritten() throws IOException {
    Files.writeString(
        sandbox.file("orders.csv"), "order_id,item_id,amount\no1,i1,1\no2,,2\no3,i3,3\n");

    Finished imported = sandbox.run("import", "orders.csv", "--table", target.name());

    assertThat(imported.exitCode()).isNotZero();
    assertThat(imported.err()).contains("orders.csv").contains("\nHINT: ");
    assertThat(target).hasSize(0);

    Files.writeString(
        sandbox.file("orders.csv"), "order_id,item_id,amount\no1,i1,1\no2,i2,2\no3,i3,3\n");
    sandbox.run("import", "orders.csv", "--table", target.name()).succeeds();
    assertThat(target).hasSize(3);
    assertThat(sandbox.run("import", "orders.csv", "--table", target.name()).exits(3).err())
        .contains("failed: {\"order_id\":{\"S\":\"o1\"},\"item_id\":{\"S\":\"i1\"}}: ");
    assertThat(
            sandbox
                .run("import", "orders.csv", "--table", target.name(), "--on-conflict", "overwrite")
                .succeeds()
                .out())
        .contains("--confirm");
  }
}
