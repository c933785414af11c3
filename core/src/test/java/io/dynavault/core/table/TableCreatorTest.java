// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class TableCreatorTest {
  private final TestingDynamoDb dynamoDb = new TestingDynamoDb();
  private final TableClients clients = new TableClients(dynamoDb, Optional.empty());
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private TableWaiter waiter =
      new TableWaiter(clients, pauses::add, Duration.ofMinutes(1), new StopSignal());

  @Test
  void asksForKeysIndexesCapacityEncryptionAndClass() {
    CreateTableRequest request = CreateTableRequests.of(TestingTables.everything());
    TableDescription source = TestingDescriptions.everything();

    assertThat(request.tableName()).isEqualTo("orders");
    assertThat(request.billingModeAsString()).isEqualTo("PROVISIONED");
    assertThat(request.attributeDefinitions()).isEqualTo(source.attributeDefinitions());
    assertThat(request.keySchema()).isEqualTo(source.keySchema());
    assertThat(request.provisionedThroughput().readCapacityUnits()).isEqualTo(5);
    assertThat(request.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
    assertThat(request.localSecondaryIndexes().get(0).keySchema())
        .isEqualTo(source.localSecondaryIndexes().get(0).keySchema());
    assertThat(request.localSecondaryIndexes().get(0).projection().hasNonKeyAttributes()).isFalse();
    assertThat(request.globalSecondaryIndexes().get(0).keySchema())
        .isEqualTo(source.globalSecondaryIndexes().get(0).keySchema());
    assertThat(request.globalSecondaryIndexes().get(0).projection())
        .isEqualTo(source.globalSecondaryIndexes().get(0).projection());
    assertThat(request.globalSecondaryIndexes().get(0).provisionedThroughput().writeCapacityUnits())
        .isEqualTo(4);
    assertThat(request.sseSpecification().sseTypeAsString()).isEqualTo("KMS");
    assertThat(request.sseSpecification().kmsMasterKeyId())
        .endsWith("key/0f5e7c1a-0000-4000-8000-000000000001");
    assertThat(request.tableClassAsString()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
  }

  @Test
  void leavesForLaterWhatWouldHarmTheRestore() {
    CreateTableRequest request = CreateTableRequests.of(TestingTables.everything());

    assertThat(request.streamSpecification()).isNull();
    assertThat(request.deletionProtectionEnabled()).isNull();
    assertThat(request.hasTags()).isFalse();
    assertThat(request.resourcePolicy()).isNull();
  }

  @Test
  void asksForLimitsOfAnOnDemandTableAndForNoEmptyLists() {
    CreateTableRequest request = CreateTableRequests.of(TestingTables.onDemand());

    assertThat(request.billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
    assertThat(request.provisionedThroughput()).isNull();
    assertThat(request.onDemandThroughput().maxReadRequestUnits()).isEqualTo(1000);
    assertThat(request.onDemandThroughput().maxWriteRequestUnits()).isNull();
    assertThat(request.hasLocalSecondaryIndexes()).isFalse();
    assertThat(request.hasGlobalSecondaryIndexes()).isFalse();
    assertThat(request.sseSpecification()).isNull();
  }

  @Test
  void definesOnlyAttributesThatAKeyNeeds() {
    TableDefinition t = TestingTables.everything();
    TableDefinition withoutIndexes =
        new TableDefinition(
            t.tableName(),
            t.tableArn(),
            t.tableId(),
            t.keySchema(),
            t.attributeDefinitions(),
            List.of(),
            List.of(),
            t.billingMode(),
            t.throughput(),
            t.onDemandThroughput(),
            t.settings());

    assertThat(CreateTableRequests.of(withoutIndexes).attributeDefinitions())
        .extracting(AttributeDefinition::attributeName)
        .containsExactly("customer", "order");
  }

  @Test
  void returnsWhenTableAndIndexesAreActive() {
    dynamoDb.describedAs.add(table -> table.toBuilder().tableStatus("CREATING").build());
    dynamoDb.describedAs.add(table -> withIndex(table, "CREATING"));
    dynamoDb.describedAs.add(table -> withIndex(table, "ACTIVE"));

    TableCreator.CreatedTable created = create();

    assertThat(created)
        .isEqualTo(new TableCreator.CreatedTable(TestingDynamoDb.arn("orders"), "id-of-orders"));
    assertThat(heard).containsExactly("orders CREATING PT0S", "orders CREATING PT0.1S");
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void toleratesThatANewTableIsUnknownAtFirst() {
    dynamoDb.fail("DescribeTable", "ResourceNotFoundException", "ResourceNotFoundException");

    create();

    assertThat(pauses).hasSize(2);
  }

  @Test
  void saysThatTheTableVanished() {
    dynamoDb.failAlways("DescribeTable", "ResourceNotFoundException");

    assertThat(failure().code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(total()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(36));
  }

  @Test
  void refusesToReplaceATable() {
    dynamoDb.tables.put("orders", TestingDescriptions.everything());

    DynavaultException failure = failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
    assertThat(failure)
        .hasMessage("unable to create table 'orders': there is a table of this name");
    assertThat(dynamoDb.calls).containsExactly("CreateTable");
  }

  @Test
  void doesNotWaitForever() {
    for (int i = 0; i < 100; i++) {
      dynamoDb.describedAs.add(table -> table.toBuilder().tableStatus("CREATING").build());
    }

    DynavaultException failure = failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith(
            "unable to go on with table 'orders': it is still CREATING after 6");
    assertThat(total()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
  }

  @Test
  void doesNotWaitForAStateThatWillNotPass() {
    dynamoDb.describedAs.add(
        table -> table.toBuilder().tableStatus("INACCESSIBLE_ENCRYPTION_CREDENTIALS").build());

    assertThat(failure())
        .hasMessage("unable to use table 'orders': it is INACCESSIBLE_ENCRYPTION_CREDENTIALS");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aStopEndsTheWait() {
    StopSignal stop = new StopSignal();
    waiter = new TableWaiter(clients, pause -> stop.request(), Duration.ofMinutes(1), stop);
    for (int i = 0; i < 3; i++) {
      dynamoDb.describedAs.add(table -> table.toBuilder().tableStatus("CREATING").build());
    }

    assertThat(failure().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(dynamoDb.describedAs).hasSize(1);
  }

  @Test
  void anInterruptEndsTheWait() {
    waiter =
        new TableWaiter(
            clients,
            pause -> {
              throw new InterruptedException();
            },
            Duration.ofMinutes(1),
            new StopSignal());
    dynamoDb.describedAs.add(table -> table.toBuilder().tableStatus("CREATING").build());

    assertThat(failure().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static TableDescription withIndex(TableDescription table, String status) {
    return table.toBuilder()
        .globalSecondaryIndexes(
            GlobalSecondaryIndexDescription.builder().indexName("i").indexStatus(status).build())
        .build();
  }

  private Duration total() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private TableCreator.CreatedTable create() {
    return new TableCreator(clients, waiter)
        .create(
            TestingTables.everything(),
            (table, status, waited) -> heard.add(table + " " + status + " " + waited));
  }

  private DynavaultException failure() {
    return catchThrowableOfType(DynavaultException.class, this::create);
  }
}
