// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.poison;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.LiveTable;
import io.dynavault.testing.table.LiveTableAssert;
import io.dynavault.testing.table.RefusedRequestException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus says of each item whether DynamoDB stores it; here the server is asked. */
class PoisonItemsIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();

  private static LiveTable table;

  @BeforeAll
  static void createTable() {
    table =
        LiveTable.create(
            ENDPOINT,
            new PoisonTable(
                TestingServers.newTableName("illegal"), LegalItems.KEY_SCHEMA, List.of()));
  }

  static Stream<PoisonItem> itemsToRefuse() {
    return Stream.concat(
        IllegalItems.impossibleValues().stream(), IllegalItems.beyondLimits().stream());
  }

  static Stream<PoisonItem> itemsToStore() {
    return LegalItems.all().stream();
  }

  static Stream<PoisonTable> tablesToFill() {
    return LegalItems.tables(TestingServers.newTableName("legal")).stream();
  }

  @ParameterizedTest
  @MethodSource("itemsToRefuse")
  void illegalItemsAreRefused(PoisonItem item) {
    assertThatThrownBy(() -> table.put(item.json()))
        .as(item.name())
        .isInstanceOfSatisfying(
            RefusedRequestException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @MethodSource("itemsToStore")
  void legalItemsAreStored(PoisonItem item) {
    table.put(item.json());
  }

  @ParameterizedTest
  @MethodSource("tablesToFill")
  void tablesHoldEveryItemOnce(PoisonTable poison) {
    LiveTable live = LiveTable.createFilled(ENDPOINT, poison);

    LiveTableAssert.assertThat(live).hasSize(poison.size());
  }
}
