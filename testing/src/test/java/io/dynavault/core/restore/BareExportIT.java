// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Exports that were copied out of the vault, without a record: as AWS's own are. */
class BareExportIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();
  private static final KeyAttribute ORDER = new KeyAttribute("order_id", ScalarType.S);
  private static final KeyAttribute ITEM = new KeyAttribute("item_id", ScalarType.S);

  @Test
  void isRestoredFromWhereItWasMovedTo() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      LiveTable orders = orders();
      ExportContent moved = moved(engine, engine.backup(orders.name()).recoveryPoint());
      String target = TestingServers.newTableName("moved");
      RestoreResult result =
          engine.restore(
              moved,
              new RestoreTarget.NewTable(
                  TableDefinition.onDemand(target, KeySchema.of(ORDER, ITEM))),
              TestingEngine.everything());
      LiveTable restored = LiveTable.of(ENDPOINT, target);
      assertThat(restored).hasSameItemsAs(orders);
      assertThat(result.written()).isEqualTo(8);
      restored.drop();
      orders.drop();
    }
  }

  @Test
  void aKeySchemaThatDoesNotFitIsFoundBeforeAnythingIsCreated() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      LiveTable orders = orders();
      ExportContent moved = moved(engine, engine.backup(orders.name()).recoveryPoint());
      String target = TestingServers.newTableName("wrong-keys");
      KeySchema wrong = KeySchema.of(new KeyAttribute("order_id", ScalarType.N));
      assertThatThrownBy(
              () ->
                  engine.restore(
                      moved,
                      new RestoreTarget.NewTable(TableDefinition.onDemand(target, wrong)),
                      TestingEngine.everything()))
          .isInstanceOfSatisfying(
              DynavaultException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_SCHEMA_MISMATCH))
          .hasMessageContaining("order_id");
      assertThatThrownBy(() -> engine.describe(target)).hasMessageContaining("no such table");
      orders.drop();
    }
  }

  private static LiveTable orders() {
    return LiveTable.createFilled(ENDPOINT, new OrdersTable(TestingServers.newTableName("orders")));
  }

  private static ExportContent moved(TestingEngine engine, RecoveryPoint point) throws IOException {
    ObjectStore elsewhere = MemoryStore.isolated(InstantSource.system());
    for (StoredFile file : point.files()) {
      String name = file.key().substring(point.export().exportPrefix().length());
      try (var in = engine.vault().store().read(file.key())) {
        elsewhere.put("some/where else" + name, in.readAllBytes());
      }
    }
    return ExportContent.open(elsewhere, "some/where else");
  }
}
