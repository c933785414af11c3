// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.testing.table.LiveTable;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackupIT {
  static final int AIRPORTS = 7184;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void goesIntoAFolderAndIsListedAndDescribed() {
    sandbox.createVault();
    String table = Sandbox.airports().name();

    Finished backup = sandbox.run("backup", "--table", table).succeeds();

    assertThat(backup.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .matches("TABLE +RECOVERY POINT +ITEMS +SIZE +STORED +READ UNITS +TOOK");
    JsonNode point = sandbox.run("list", "--json").json().path("recoveryPoints").path(0);
    assertThat(point.path("tableName").textValue()).isEqualTo(table);
    assertThat(point.path("itemCount").intValue()).isEqualTo(AIRPORTS);
    assertThat(point.path("method").textValue()).isEqualTo("SCAN");
    String id = point.path("recoveryPointId").textValue();
    assertThat(backup.out()).contains(id);
    Finished described = sandbox.run("describe", id.substring(0, 12)).succeeds();
    assertThat(described.out()).contains(id).containsPattern("Items +7,184\n");
    JsonNode json = sandbox.run("describe", "latest", "--json").succeeds().json();
    assertThat(json.path("recoveryPointId").textValue()).isEqualTo(id);
  }

  @Test
  void goesIntoABucketAsJsonLines() {
    Launcher launcher = sandbox.onS3();
    launcher.run("vault", "create").succeeds();
    String table = Sandbox.airports().name();

    Finished backup = launcher.run("backup", "--table", table, "--tag", "reason=test", "--json");

    assertThat(backup.succeeds().err()).isEmpty();
    List<JsonNode> lines = backup.jsonLines();
    assertThat(lines)
        .extracting(line -> line.path("messageType").textValue())
        .endsWith("item", "summary");
    JsonNode item = lines.get(lines.size() - 2);
    assertThat(item.path("tableName").textValue()).isEqualTo(table);
    assertThat(item.path("itemCount").intValue()).isEqualTo(AIRPORTS);
    assertThat(item.path("storedBytes").longValue()).isPositive();
    JsonNode summary = lines.get(lines.size() - 1);
    assertThat(summary.path("succeeded").intValue()).isEqualTo(1);
    assertThat(summary.path("failed").intValue()).isZero();
    assertThat(launcher.run("list", "--tag", "reason=test", "--json").json().path("recoveryPoints"))
        .hasSize(1);
    assertThat(launcher.run("list", "--tag", "reason=other").out())
        .isEqualTo("no recovery points\n");
  }

  @Test
  @Tag("G15")
  void ofSeveralTablesGoesOnWhenOneFails() {
    sandbox.createVault();
    LiveTable table = Sandbox.airports();

    Finished both = sandbox.run("backup", "--table", table.name(), "--table", "missing-table");

    assertThat(both.exits(3).out()).contains(table.name());
    assertThat(both.err())
        .isEqualTo(
            """
            error: unable to describe table 'missing-table': there is no such table
            HINT: check the table's name, --region and --endpoint-url
            """);
    assertThat(sandbox.run("list", "--json").json().path("recoveryPoints")).hasSize(1);
  }

  @Test
  void dryRunPrintsThePlanAndWritesNothing() {
    sandbox.createVault();
    String table = Sandbox.airports().name();

    Finished plan = sandbox.run("backup", "--table", table, "--dry-run").succeeds();

    assertThat(plan.out())
        .contains(table)
        .endsWith("Nothing was done. Run it without --dry-run to back up.\n");
    assertThat(sandbox.files("vault")).containsExactly(sandbox.file("vault/vault.json"));
  }
}
