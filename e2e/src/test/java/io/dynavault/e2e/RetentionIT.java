// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.table.LiveTable;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recovery points that are selected, deleted, expired and copied. */
class RetentionIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private LiveTable table;

  @BeforeEach
  void backUpThrice() throws InterruptedException {
    table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    sandbox.createVault();
    for (int i = 0; i < 3; i++) {
      sandbox.backUp(table);
    }
  }

  @Test
  void anAmbiguousBeginningOfAnIdIsRefused() {
    List<String> ids = ids();

    assertThat(sandbox.run("describe", "0179").exits(2).err())
        .isEqualTo(
            """
            error: unable to select recovery point '0179': it could be %s (%s), %s (%s), %s (%s)
            HINT: give more characters of the id
            """
                .formatted(
                    ids.get(2), table.name(), ids.get(1), table.name(), ids.get(0), table.name()));
    assertThat(sandbox.run("describe", "99999").exits(10).err())
        .isEqualTo(
            """
            error: unable to find recovery point '99999': there is none
            HINT: see what there is with: dynavault list
            """);
  }

  @Test
  @Tag("G7")
  void deleteActsOnlyWhenConfirmed() {
    String oldest = ids().get(2);

    assertThat(sandbox.run("delete", oldest).succeeds().out())
        .contains(oldest)
        .endsWith("\nNothing was done. Add --confirm to do it.\n");
    assertThat(ids()).hasSize(3);
    assertThat(sandbox.run("delete", oldest, "--confirm", "--dry-run").succeeds().out())
        .contains(oldest);
    assertThat(ids()).hasSize(3);

    assertThat(sandbox.run("delete", oldest, "--confirm").succeeds().out())
        .startsWith("deleted recovery point " + oldest + " of table " + table.name());

    assertThat(ids()).hasSize(2).doesNotContain(oldest);
    assertThat(sandbox.files("vault")).noneMatch(file -> file.toString().contains(oldest));
    sandbox.run("verify").succeeds();
  }

  @Test
  void expireSaysWhyItKeepsWhatItKeeps() {
    List<String> before = ids();

    Finished plan = sandbox.run("expire", "--keep-last", "1");
    assertThat(plan.succeeds().out())
        .containsPattern(before.get(0) + ".* keep +last 1, last good of table\n")
        .containsPattern(before.get(1) + ".* (remove|delete) +")
        .contains("2 of 3 recovery points would be removed");
    assertThat(ids()).isEqualTo(before);

    sandbox.run("expire", "--keep-last", "1", "--confirm").succeeds();

    assertThat(ids()).containsExactly(before.get(0));
    JsonNode json = sandbox.run("expire", "--keep-last", "1", "--json").succeeds().json();
    assertThat(json).isNotEmpty();
    sandbox.run("restore", "--target-table", sandbox.made(Sandbox.newName()).name()).succeeds();
  }

  @Test
  void copiesAreWholeAndMadeOnce() {
    sandbox.run("vault", "create", "--vault", "other").succeeds();

    sandbox.run("copy", "--target-vault", "other").succeeds();
    sandbox.run("copy", "--target-vault", "other").succeeds();

    assertThat(ids("other")).isEqualTo(ids());
    sandbox.run("verify", "--vault", "other").succeeds();
  }

  private List<String> ids() {
    return ids("vault");
  }

  private List<String> ids(String vault) {
    JsonNode list = sandbox.run("list", "--vault", vault, "--json").succeeds().json();
    return list.path("recoveryPoints").findValuesAsText("recoveryPointId");
  }
}
