// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.table.LiveTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HoldIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void keepsARecoveryPointFromDeleteAndExpireUntilItIsReleased() throws InterruptedException {
    sandbox.createVault();
    LiveTable orders = sandbox.fill(new OrdersTable(Sandbox.newName()));
    String table = orders.name();
    for (int i = 0; i < 2; i++) {
      sandbox.backUp(orders);
    }
    JsonNode points = sandbox.run("list", "--json").json().path("recoveryPoints");
    String oldest = points.get(1).path("recoveryPointId").textValue();

    assertThat(sandbox.run("hold", oldest, "--reason", "audit 2026").succeeds().out())
        .isEqualTo("held recovery point %s of table %s: audit 2026\n".formatted(oldest, table));

    assertThat(sandbox.run("list").out()).containsPattern(oldest + ".*  scan, held\n");
    assertThat(sandbox.run("delete", oldest, "--confirm").exits(12).err())
        .matches(
            "error: unable to delete recovery point '%s' of table '%s': it is held by \\S+: audit 2026\n"
                    .formatted(oldest, table)
                + "HINT: end the hold, if its reason has gone, with: dynavault release %s --table %s\n"
                    .formatted(oldest, table));
    assertThat(sandbox.run("expire", "--keep-last", "1", "--confirm").out()).contains("audit 2026");
    assertThat(sandbox.run("list").out()).contains(oldest);

    assertThat(sandbox.run("release", oldest).succeeds().out())
        .endsWith("\nNothing was done. Add --confirm to do it.\n");
    sandbox.run("release", oldest, "--confirm").succeeds();
    sandbox.run("expire", "--keep-last", "1", "--confirm").succeeds();
    assertThat(sandbox.run("list").out()).doesNotContain(oldest);
  }
}
