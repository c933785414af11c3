// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.table.LiveTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CostIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void isEstimatedFromPricesWithADate() {
    LiveTable table = sandbox.fill(new OrdersTable(Sandbox.newName()));

    assertThat(sandbox.run("cost", "--table", table.name()).succeeds().out())
        .contains("backup by scan, eventually consistent")
        .containsPattern("Prices of us-east-1, the newest of \\d{4}-\\d\\d-\\d\\d\\.");
    JsonNode json = sandbox.run("cost", "--table", table.name(), "--json").succeeds().json();
    assertThat(json.isObject()).isTrue();
  }
}
