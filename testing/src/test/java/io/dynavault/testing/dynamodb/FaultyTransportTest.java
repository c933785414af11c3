// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.testing.simulation.Simulation;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import org.junit.jupiter.api.Test;

class FaultyTransportTest {
  private static final String ITEM = "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"N\":\"1\"}}";

  private final Simulation world = new Simulation(1);
  private final int before = world.items().size();

  @Test
  void aFailedCallDoesNothing() {
    assertThatThrownBy(() -> write(Fault.fail(ErrorCode.THROTTLED)))
        .isInstanceOf(ThrottledException.class);
    assertThat(world.items()).hasSize(before);
  }

  @Test
  void aLostAnswerHidesWhatWasDone() {
    assertThatThrownBy(() -> write(Fault.loseAnswer()))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(world.items()).hasSize(before + 3);
  }

  @Test
  void someOfABatchIsLeftUnprocessed() {
    String answer = write(Fault.unprocessed());
    assertThat(world.items()).hasSize(before + 1);
    assertThat(answer).contains("\"new-0\"", "\"new-2\"").doesNotContain("\"new-1\"");
  }

  @Test
  void anAnswerIsCutInItsMiddle() {
    assertThat(write(Fault.cutAnswer())).startsWith("{\"UnprocessedItems\"").doesNotEndWith("}");
    assertThat(world.items()).hasSize(before + 3);
  }

  @Test
  void tablesFailAsTheSdkDoes() {
    TableClients clients =
        FaultyTables.clients(
            world.dynamoDb().client(), Faults.at(1, Fault.fail(ErrorCode.ACCESS_DENIED)));

    assertThatThrownBy(() -> new TableDescriber(clients).describe(Simulation.TABLE))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED));
    assertThat(new TableDescriber(clients).describe(Simulation.TABLE).definition().tableName())
        .isEqualTo(Simulation.TABLE);
  }

  private String write(Fault fault) {
    StringBuilder puts = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      puts.append(i == 0 ? "" : ",")
          .append("{\"PutRequest\":{\"Item\":")
          .append(ITEM.formatted("new-" + i))
          .append("}}");
    }
    byte[] body =
        "{\"RequestItems\":{\"%s\":[%s]}}".formatted(Simulation.TABLE, puts).getBytes(UTF_8);
    ResponseBuffer response = new ResponseBuffer();
    try (DynamoDbTransport transport =
        new FaultyTransport(world.dynamoDb().transport(), Faults.always(fault))) {
      transport.call("BatchWriteItem", body, body.length, response);
    }
    return new String(response.array(), 0, response.length(), UTF_8);
  }
}
