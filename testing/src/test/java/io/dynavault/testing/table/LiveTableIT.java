// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.local.demo.GeneratedTable;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LiveTableIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();

  @Test
  void generatedTablesOfOneSeedAreTheSame() {
    LiveTable one =
        LiveTable.createFilled(
            ENDPOINT, new GeneratedTable(TestingServers.newTableName("one"), 300, 42));
    LiveTable other =
        LiveTable.createFilled(
            ENDPOINT, new GeneratedTable(TestingServers.newTableName("other"), 300, 42));

    assertThat(one).hasSize(300).hasSameItemsAs(other);
    assertThat(one.description().path("GlobalSecondaryIndexes")).hasSize(1);
    assertThat(one.description().path("LocalSecondaryIndexes")).hasSize(1);
  }

  @Test
  void namesWhatIsMissingDifferentAndTooMuch() {
    LiveTable orders =
        LiveTable.createFilled(ENDPOINT, new OrdersTable(TestingServers.newTableName("orders")));
    LiveTable damaged =
        LiveTable.createFilled(ENDPOINT, new OrdersTable(TestingServers.newTableName("damaged")));
    damaged.delete("{\"order_id\":{\"S\":\"3801\"},\"item_id\":{\"S\":\"23\"}}");
    damaged.put("{\"order_id\":{\"S\":\"9999\"},\"item_id\":{\"S\":\"25\"}}");
    damaged.put("{\"order_id\":{\"S\":\"new\"},\"item_id\":{\"S\":\"1\"}}");

    assertThatThrownBy(() -> assertThat(damaged).hasSameItemsAs(orders))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("has 3 differences in 8 items")
        .hasMessageContaining("missing {\"item_id\":{\"S\":\"23\"},\"order_id\":{\"S\":\"3801\"}}")
        .hasMessageContaining("different {\"item_id\":{\"S\":\"25\"}")
        .hasMessageContaining("not expected {\"item_id\":{\"S\":\"1\"}");
  }

  @Test
  void airportsAreRealDataWithNamesInManyScripts() {
    AirportsTable airports = new AirportsTable("airports");

    assertThat(airports.items()).hasSize(7184);
    assertThat(airports.items())
        .anyMatch(item -> item.contains("{\"N\":\"-6.081689834590001\"}"))
        .anyMatch(item -> item.chars().anyMatch(c -> c > 127));
  }
}
