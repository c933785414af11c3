// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.aws.AwsStub;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CreateTable whose answer, or whose request, is lost on its way. */
@Tag("G11")
class LostCreationIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();

  private final AwsStub stub = AwsStub.inFrontOf(ENDPOINT);
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final TestingEngine engine = TestingEngine.on(store, stub.uri());
  private final LiveTable orders =
      LiveTable.createFilled(ENDPOINT, new OrdersTable(TestingServers.newTableName("orders")));
  private final String target = TestingServers.newTableName("lost");
  private RecoveryPoint point;

  @BeforeEach
  void backUp() throws InterruptedException {
    point = engine.backup(orders.name()).recoveryPoint();
  }

  @AfterEach
  void close() {
    orders.drop();
    engine.close();
    stub.close();
  }

  @Test
  void aTableWhoseAnswerWasLostIsGoneOnWith() throws InterruptedException {
    stub.loseNextAnswers("CreateTable", 1);

    RestoreResult result = engine.restoreInto(point, target);

    LiveTable restored = LiveTable.of(ENDPOINT, target);
    assertThat(restored).hasSameItemsAs(orders);
    assertThat(result.written()).isEqualTo(8);
    assertThat(stub.requests("CreateTable")).hasSize(2);
    assertThat(journals()).isEmpty();
    restored.drop();
  }

  /** Somebody else has made it in that moment: nothing of theirs is written over. */
  @Test
  void aTableThatHasItemsIsSomebodyElses() {
    LiveTable theirs = LiveTable.createFilled(ENDPOINT, new OrdersTable(target));
    stub.loseNextRequests("CreateTable", 1);

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> engine.restoreInto(point, target));

    assertThat(refused.code()).isEqualTo(ErrorCode.TABLE_NOT_EMPTY);
    assertThat(theirs).hasSameItemsAs(orders);
    theirs.drop();
  }

  @Test
  void aTableThatWasThereBeforeTheOnlyRequestIsNobodyOfOurs() {
    LiveTable theirs = LiveTable.createFilled(ENDPOINT, new OrdersTable(target));

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> engine.restoreInto(point, target));

    assertThat(refused.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
    assertThat(journals()).isEmpty();
    theirs.drop();
  }

  /** The first request has made the table, and no later one got through: it can be resumed. */
  @Test
  void aTableOfWhichNothingIsHeardKeepsItsIntention() {
    stub.loseNextAnswers("CreateTable", 20);

    DynavaultException lost =
        catchThrowableOfType(DynavaultException.class, () -> engine.restoreInto(point, target));

    assertThat(lost.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(journals()).hasSize(1);
    LiveTable.of(ENDPOINT, target).drop();
  }

  private List<String> journals() {
    List<String> keys = new ArrayList<>();
    store.list("restores/", info -> keys.add(info.key()));
    return keys;
  }
}
