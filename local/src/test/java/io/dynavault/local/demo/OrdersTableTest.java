// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrdersTableTest {
  @Test
  void readsEightOrdersWithoutTheQuotesOfTheFile() {
    OrdersTable orders = new OrdersTable("orders");

    assertThat(orders.size()).isEqualTo(8);
    assertThat(orders.items())
        .first()
        .isEqualTo(
            "{\"order_id\":{\"S\":\"3801\"},\"item_id\":{\"S\":\"23\"},"
                + "\"customer_id\":{\"S\":\"421\"},\"product\":{\"S\":\"Salmon\"},"
                + "\"amount\":{\"N\":\"2756\"},\"currency\":{\"S\":\"USD\"},"
                + "\"time_stamp\":{\"S\":\"2020-09-02T03:54:12Z\"},"
                + "\"transaction_date\":{\"S\":\"9-2-2020\"}}");
  }

  @Test
  void quotesTheTableName() {
    assertThat(new OrdersTable("my-orders").createTableRequest())
        .startsWith("{\"TableName\":\"my-orders\",");
  }
}
