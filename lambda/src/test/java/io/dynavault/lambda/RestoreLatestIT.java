// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is the latest where not everything was backed up on one day. */
final class RestoreLatestIT {
  private final HandlerWorld world = HandlerWorld.ofOneDay();
  private final RestoreHandler restore = new RestoreHandler(world);
  private final OrdersTable orders = OrdersTable.create();
  private final OrdersTable customers = OrdersTable.create();

  @BeforeEach
  void backUp() {
    orders.fill(3);
    customers.fill(3);
    world.variables.put("BACKUP_METHOD", "scan");
    backUp("[\"%s\",\"%s\"]".formatted(orders.name, customers.name));
    world.stub.clock().advance(Duration.ofDays(1));
    orders.put("item-1", "of the second day");
    backUp("[\"%s\"]".formatted(orders.name));
  }

  private void backUp(String tables) {
    world.variables.put("DYNAMODB_TABLES", tables);
    JsonNode answer = world.invoke(new BackupHandler(world), "{}");
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    orders.close();
    customers.close();
    world.close();
  }

  /** By the command, which writes no manifest. */
  @Test
  void oneTableThatWasBackedUpByHandSinceIsNotTheWholeBackup() {
    world.root().delete("native-exports/%s/manifest.json".formatted(world.today()));
    orders.delete();
    customers.delete();

    JsonNode answer = world.invoke(restore, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("total_tables_processed").asInt()).isEqualTo(2);
    assertThat(customers.items()).hasSize(3);
    assertThat(orders.items().get("item-1").get("text").s()).isEqualTo("of the second day");
  }

  /** The function has other tables since. */
  @Test
  void aTableThatTheFunctionDoesNotBackUpAnyMoreIsNotOfTheLatest() {
    JsonNode answer = world.invoke(restore, "{\"dry_run\":true}");

    assertThat(answer.path("body").path("tables")).hasSize(1);
    assertThat(answer.path("body").path("tables").path(0).path("table_name").asText())
        .isEqualTo(orders.name);
  }
}
