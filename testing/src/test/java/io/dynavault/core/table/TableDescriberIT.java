// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.TestingServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** What DynamoDB Local tells about tables, and what it does not. */
class TableDescriberIT {
  private final TableClients clients =
      new TableClients(TestingServers.dynamoDbClient(), Optional.empty());
  private final TableDescriber describer = new TableDescriber(clients);

  @Test
  void namesWhatDynamoDbLocalDoesNotAnswer() {
    String name = createTable("described");

    TableSnapshot snapshot = describer.describe(name);

    assertThat(snapshot.definition().tableArn()).endsWith(":table/" + name);
    assertThat(snapshot.definition().settings().notAnswered())
        .contains("resourcePolicy", "pointInTimeRecovery")
        .doesNotContain("timeToLive");
  }

  @Test
  void countsItemsForPlanning() {
    String name = createTable("counted");
    for (int i = 0; i < 3; i++) {
      Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS("key" + i));
      clients.dynamoDb().putItem(b -> b.tableName(name).item(item));
    }

    TableSnapshot snapshot = describer.describe(name);

    assertThat(snapshot.itemCount()).isEqualTo(3);
    assertThat(snapshot.tableSizeBytes()).isEqualTo(3 * 6); // "pk" and "key0"
  }

  @Test
  void saysThatThereIsNoSuchTable() {
    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class, () -> describer.describe("there-is-no-such-table"));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
  }

  @Test
  void findsTablesByWildcard() {
    String first = createTable("wild-a");
    String second = createTable("wild-b");
    createTable("tame-c");

    assertThat(
            new TableNames(clients)
                .select(new TableSelection(List.of("wild-*", "!nothing"), Map.of())))
        .containsExactly(first, second);
  }

  private String createTable(String prefix) {
    String name = TestingServers.newTableName(prefix);
    clients
        .dynamoDb()
        .createTable(
            b ->
                b.tableName(name)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType("S")
                            .build())
                    .keySchema(
                        KeySchemaElement.builder().attributeName("pk").keyType("HASH").build())
                    .billingMode("PAY_PER_REQUEST"));
    return name;
  }
}
