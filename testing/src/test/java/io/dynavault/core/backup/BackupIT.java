// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class BackupIT {
  private static final int ITEMS = 3_000;
  private static final DynamoDbClient CLIENT = TestingServers.dynamoDbClient();
  private static final String TABLE = TestingServers.newTableName("backup");

  @BeforeAll
  static void fillTable() {
    create(TABLE);
    fill(TABLE, ITEMS);
  }

  @AfterAll
  static void dropTable() {
    CLIENT.deleteTable(b -> b.tableName(TABLE));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  @Tag("F14")
  void everyItemIsInTheExportOnce(Compression compression) throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      BackupOptions options = TestingEngine.options(OutputFormat.DYNAMODB_JSON, compression);
      RecoveryPoint point = engine.backup(ScanQuery.all(TABLE, true), options).recoveryPoint();
      List<String> items = read(engine, point);
      assertThat(items).hasSize(ITEMS).doesNotHaveDuplicates();
      assertThat(point.export().itemCount()).isEqualTo(ITEMS);
      assertThat(items)
          .filteredOn(item -> item.contains("{\"S\":\"p7\"}"))
          .singleElement()
          .asString()
          .contains("\"text\":{\"S\":\"" + "é".repeat(7) + "\"}");
    }
  }

  @Test
  void theRecoveryPointIsListedAndHoldsTheDefinition() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      RecoveryPoint point = engine.backup(TABLE).recoveryPoint();
      assertThat(engine.vault().catalog().list(TABLE).entries())
          .singleElement()
          .satisfies(entry -> assertThat(entry.point()).isEqualTo(point));
      assertThat(point.table().keySchema().partitionKey().name()).isEqualTo("pk");
      assertThat(engine.vault().runs().unfinished(TABLE)).isEmpty();
    }
  }

  /** As with AWS Backup Vault Lock: the job fails, and before it has read anything. */
  @Test
  void aLockedVaultRefusesALifecycleBeforeAnythingIsRead() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      engine.vault().lockLog().lock(VaultLock.governance(7, OptionalInt.of(30)));
      assertThatThrownBy(() -> engine.backup(TABLE))
          .isInstanceOfSatisfying(
              DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED));
      assertThat(engine.progress().snapshot().items()).isZero();
      assertThat(engine.vault().runs().all()).isEmpty();
    }
  }

  @Test
  void smallFilesRollAtPageEnds() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      BackupOptions options =
          new BackupOptions(
              2,
              Optional.empty(),
              OutputFormat.DYNAMODB_JSON,
              Compression.GZIP,
              1,
              Map.of("reason", "test"),
              Optional.empty());
      RecoveryPoint point = engine.backup(ScanQuery.all(TABLE, false), options).recoveryPoint();
      assertThat(read(engine, point)).hasSize(ITEMS).doesNotHaveDuplicates();
      assertThat(point.tags()).containsEntry("reason", "test");
    }
  }

  @Test
  void aFilterIsLeftToTheServerAndNoted() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      ScanQuery query =
          new ScanQuery(
              TABLE,
              false,
              Optional.of("#p = :p"),
              Optional.empty(),
              Optional.of("{\"#p\":\"pk\"}"),
              Optional.of("{\":p\":{\"S\":\"p42\"}}"));
      RecoveryPoint point =
          engine
              .backup(query, TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP))
              .recoveryPoint();
      assertThat(read(engine, point)).singleElement().asString().contains("\"p42\"");
      assertThat(point.filtered()).isTrue();
    }
  }

  @Test
  void anEmptyTableMakesARecoveryPointWithoutItems() throws Exception {
    String empty = TestingServers.newTableName("empty");
    create(empty);
    try (TestingEngine engine = TestingEngine.inMemory()) {
      RecoveryPoint point = engine.backup(empty).recoveryPoint();
      assertThat(point.export().itemCount()).isZero();
      assertThat(read(engine, point)).isEmpty();
    }
  }

  @Test
  void aTableThatDoesNotExistIsNamed() {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      assertThatThrownBy(() -> engine.backup("no-such-table"))
          .isInstanceOfSatisfying(
              DynavaultException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND))
          .hasMessageContaining("'no-such-table'");
    }
  }

  @Test
  @Tag("G4")
  void aStoppedBackupIsResumedFromItsFinishedFiles() throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      BackupOptions options = TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP);
      BackupPlan plan = engine.plan(ScanQuery.all(TABLE, false), options);
      CountingTransport failing = new CountingTransport(engine.transport(), 3);
      assertThatThrownBy(() -> engine.run(failing, TABLE).start(plan)).hasMessage("call 4 fails");
      assertThat(engine.vault().catalog().list(TABLE).entries()).isEmpty();
      BackupResult result = engine.resume(TABLE);
      assertThat(result.recoveryPoint().id()).isEqualTo(plan.id());
      assertThat(read(engine, result.recoveryPoint())).hasSize(ITEMS).doesNotHaveDuplicates();
      assertThat(engine.vault().runs().unfinished(TABLE)).isEmpty();
    }
  }

  @Test
  @Tag("F20")
  @Tag("F22")
  void aTableThatWasCreatedAgainIsNotResumed() throws Exception {
    String again = TestingServers.newTableName("again");
    create(again);
    fill(again, 50);
    try (TestingEngine engine = TestingEngine.inMemory()) {
      BackupOptions options = TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP);
      BackupPlan plan = engine.plan(ScanQuery.all(again, false), options);
      CountingTransport failing = new CountingTransport(engine.transport(), 0);
      assertThatThrownBy(() -> engine.run(failing, again).start(plan)).hasMessage("call 1 fails");
      CLIENT.deleteTable(b -> b.tableName(again));
      create(again);
      assertThatThrownBy(() -> engine.resume(again))
          .hasMessageContaining("it was deleted and created again meanwhile");
    }
  }

  private static List<String> read(TestingEngine engine, RecoveryPoint point) throws Exception {
    ExportContent content = ExportContent.open(engine.vault().store(), point);
    List<String> items = new ArrayList<>();
    for (ExportFile file : content.export().files()) {
      content.read(
          file,
          (json, offset, length, size) ->
              items.add(new String(json, offset, length, StandardCharsets.UTF_8)));
    }
    return items;
  }

  private static void create(String table) {
    CLIENT.createTable(
        b ->
            b.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
  }

  private static void fill(String table, int items) {
    for (int from = 0; from < items; from += 25) {
      List<WriteRequest> requests = new ArrayList<>();
      for (int i = from; i < Math.min(from + 25, items); i++) {
        Map<String, AttributeValue> item =
            Map.of(
                "pk", AttributeValue.fromS("p" + i),
                "text", AttributeValue.fromS("é".repeat(i % 50)));
        requests.add(
            WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
      }
      CLIENT.batchWriteItem(b -> b.requestItems(Map.of(table, requests)));
    }
  }
}
