// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.aws.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The nine defects of the Python functions whose contract these keep (docs/guide/lambda-events.md,
 * "If you come from the Python functions"), each by its number. Number 5, memory, needs a process:
 * {@link FunctionMemoryIT}.
 */
final class ContractDefectsIT {
  private static final int WIDE = 1005;

  private final HandlerWorld world = HandlerWorld.ofOneDay();
  private final BackupHandler backup = new BackupHandler(world);
  private final RestoreHandler restore = new RestoreHandler(world);
  private final DynamoDbClient client = TestingServers.dynamoDbClient();
  private final OrdersTable table = OrdersTable.create();

  @BeforeEach
  void choose() {
    world.recoverable(table.name);
    world.variables.put("DYNAMODB_TABLES", "[\"%s\"]".formatted(table.name));
  }

  @AfterEach
  void close() {
    table.close();
    world.close();
  }

  private void export() {
    JsonNode answer = world.invoke(backup, "{}");
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
  }

  private JsonNode restoreAll(String event) {
    JsonNode answer = world.invoke(restore, event);
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    return answer.path("body");
  }

  @Test
  void defect1EveryByteOfBinaryValuesComesBack() {
    table.fill(30);
    Map<String, Map<String, AttributeValue>> before = table.items();
    export();
    table.delete();

    restoreAll("{}");

    assertThat(table.items()).isEqualTo(before);
    assertThat(table.items().get("item-7").get("m").m().get("l").l().get(0).b().asByteArray())
        .isEqualTo(OrdersTable.BYTES);
  }

  @Test
  void defect2AnExportThatOutlastsItsInvocationIsRestored() {
    table.fill(3);
    world.stub.doneAfterLooks(8);
    world.remaining(Duration.ofSeconds(100));
    assertThat(world.invoke(backup, "{}").path("statusCode").asInt()).isEqualTo(202);
    world.remaining(Duration.ofMinutes(15));
    assertThat(world.continueOnce(backup).path("statusCode").asInt()).isEqualTo(200);
    table.delete();

    restoreAll("{\"backup_date\":\"%s\"}".formatted(world.today()));

    assertThat(table.items()).hasSize(3);
  }

  @Test
  void defect3AllDataFilesAreRestoredHoweverMany() {
    table.fill(WIDE);
    world.stub.exportFiles(WIDE + 1);
    export();
    assertThat(dataFiles()).hasSize(WIDE + 1);
    table.delete();

    JsonNode body = restoreAll("{}");

    assertThat(body.path("total_items_restored").asInt()).isEqualTo(WIDE);
    assertThat(table.items()).hasSize(WIDE);
  }

  /** What is wrong with an export's data files. */
  private enum Damage {
    /** Another line in a file of the right length. */
    CHANGED,
    GONE,
    CUT
  }

  @ParameterizedTest
  @EnumSource
  void defect4ADamagedExportClearsAndWritesNothing(Damage damage) {
    table.fill(30);
    export();
    damage(damage);
    table.put("item-1", "changed since");
    Map<String, Map<String, AttributeValue>> before = table.items();
    world.stub.forgetRequests();

    for (String more : List.of("", ",\"clear_existing_data\":true", ",\"dry_run\":true")) {
      JsonNode answer = world.invoke(restore, "{\"backup_date\":\"latest\"%s}".formatted(more));

      assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(500);
      JsonNode outcome = answer.path("body").path("tables").path(0);
      assertThat(outcome.path("status").asText()).isEqualTo("FAILED");
      assertThat(outcome.path("error").asText()).isEqualTo("DAMAGED");
    }
    assertThat(table.items()).isEqualTo(before);
    assertThat(world.calls()).doesNotContainKey("BatchWriteItem");
  }

  private void damage(Damage damage) {
    List<ObjectInfo> files = dataFiles();
    ObjectInfo largest =
        files.stream().max((one, other) -> Long.compare(one.size(), other.size())).orElseThrow();
    byte[] content = read(largest.key());
    switch (damage) {
      case CHANGED -> {
        content[content.length / 2] ^= 1;
        world.root().put(largest.key(), content);
      }
      case CUT -> world.root().put(largest.key(), Arrays.copyOf(content, 40));
      case GONE -> world.root().delete(largest.key());
    }
  }

  private byte[] read(String key) {
    try (var in = world.root().read(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ObjectInfo> dataFiles() {
    List<ObjectInfo> files = new ArrayList<>();
    world.root().list("native-exports/", files::add);
    files.removeIf(file -> !file.key().contains("/data/"));
    return files;
  }

  @Test
  void defect6UnprocessedWritesAndDeletesAreTriedUntilTheyAreDone() {
    table.fill(30);
    Map<String, Map<String, AttributeValue>> before = table.items();
    export();
    table.put("new", "since");
    AtomicInteger refused = new AtomicInteger();
    world.stub.add(
        operations ->
            operations.dynamoDb(
                "BatchWriteItem",
                request -> refused.incrementAndGet() <= 15,
                request -> {
                  ObjectNode answer = JsonNodeFactory.instance.objectNode();
                  answer.set("UnprocessedItems", request.members().path("RequestItems"));
                  return answer;
                }));
    world.stub.throttleNext("BatchWriteItem", 4);

    JsonNode body = restoreAll("{\"clear_existing_data\":true}");

    assertThat(refused.get()).isGreaterThan(15);
    assertThat(body.path("tables").path(0).path("items_failed").asInt()).isZero();
    assertThat(body.path("tables").path(0).path("items_deleted").asInt()).isEqualTo(31);
    assertThat(table.items()).isEqualTo(before);
  }

  /** Of a restore that ends between two data files, the next invocation does the rest only. */
  @Test
  void defect6ARestoreGoesOnWithTheDataFileWhereItWas() {
    table.fill(120); // 60 in each of two data files: three requests
    Map<String, Map<String, AttributeValue>> before = table.items();
    export();
    table.delete();
    AtomicInteger writes = new AtomicInteger();
    world.stub.add(
        operations ->
            operations.dynamoDb(
                "BatchWriteItem", request -> endsTheTime(writes), request -> request.members()));

    JsonNode first = world.invoke(restore, "{\"max_workers\":1}");

    assertThat(first.path("statusCode").asInt()).as(first.toString()).isEqualTo(202);
    JsonNode checkpoint = checkpoint();
    assertThat(checkpoint.path("verified").asBoolean()).isTrue();
    List<Integer> done = new ArrayList<>();
    checkpoint.path("done_parts").forEach(items -> done.add(items.asInt()));
    assertThat(done).contains(60).doesNotHaveDuplicates();
    assertThat(table.items()).hasSizeGreaterThanOrEqualTo(60).hasSizeLessThan(120);

    int soFar = writes.get();
    world.remaining(Duration.ofMinutes(15));
    JsonNode second = world.continueOnce(restore);

    assertThat(second.path("statusCode").asInt()).as(second.toString()).isEqualTo(200);
    assertThat(second.path("body").path("total_items_restored").asInt()).isEqualTo(120);
    assertThat(writes.get() - soFar).isEqualTo(3);
    assertThat(table.items()).isEqualTo(before);
  }

  /** Only looks on: the request goes on to DynamoDB. */
  private boolean endsTheTime(AtomicInteger writes) {
    if (writes.incrementAndGet() == 4) {
      try {
        world.endTheTime();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return false;
  }

  private JsonNode checkpoint() {
    List<String> keys = new ArrayList<>();
    world.root().list("native-exports/", (ObjectInfo info) -> keys.add(info.key()));
    keys.removeIf(key -> !key.contains("restores/") || !key.contains(table.name));
    for (String key : keys) {
      JsonNode json = world.json(key);
      if (json.has("done_parts")) {
        return json;
      }
    }
    throw new AssertionError("no checkpoint among " + keys);
  }

  @Test
  void defect7ATableThatIsGoneIsMadeWithItsSettings() {
    table.fill(3);
    addIndex("by-text", "text");
    client.updateTimeToLive(
        b ->
            b.tableName(table.name)
                .timeToLiveSpecification(t -> t.attributeName("expires").enabled(true)));
    export();
    table.delete();

    restoreAll("{}");

    var made = client.describeTable(b -> b.tableName(table.name)).table();
    assertThat(made.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(made.globalSecondaryIndexes())
        .singleElement()
        .satisfies(index -> assertThat(index.indexName()).isEqualTo("by-text"));
    assertThat(
            client
                .describeTimeToLive(b -> b.tableName(table.name))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("expires");
    assertThat(table.items()).hasSize(3);
  }

  private void addIndex(String name, String key) {
    KeySchemaElement schema =
        KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build();
    GlobalSecondaryIndexUpdate index =
        GlobalSecondaryIndexUpdate.builder()
            .create(
                c ->
                    c.indexName(name)
                        .keySchema(schema)
                        .projection(p -> p.projectionType(ProjectionType.ALL)))
            .build();
    client.updateTable(
        b ->
            b.tableName(table.name)
                .attributeDefinitions(text("pk"), text(key))
                .globalSecondaryIndexUpdates(index));
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  @Test
  void defect8OfTwoBackupsOfADayTheNewerIsRestoredAndBothAreKnown() {
    table.fill(2);
    export();
    table.put("item-1", "of the second run");
    world.stub.clock().advance(Duration.ofMinutes(10));
    export();
    table.delete();

    restoreAll("{\"backup_date\":\"%s\"}".formatted(world.today()));

    assertThat(table.items().get("item-1").get("text").s()).isEqualTo("of the second run");
    assertThat(world.json("native-exports/" + world.today() + "/manifest.json").path("runs"))
        .hasSize(2);
  }

  /** Each table's first write is throttled, and its pause ends only when the other's began, too. */
  @Test
  void defect9TablesAreRestoredSideBySide() {
    table.fill(3);
    try (OrdersTable other = OrdersTable.create()) {
      other.fill(3);
      world.recoverable(other.name);
      world.variables.put("DYNAMODB_TABLES", "[\"%s\",\"%s\"]".formatted(table.name, other.name));
      export();
      Set<String> throttled = ConcurrentHashMap.newKeySet();
      world.stub.add(
          operations ->
              operations.dynamoDb(
                  "BatchWriteItem",
                  request ->
                      throttled.add(request.members().path("RequestItems").fieldNames().next()),
                  request -> {
                    throw AwsError.throttling();
                  }));
      CyclicBarrier both = new CyclicBarrier(2);
      AtomicInteger pauses = new AtomicInteger();
      world.onPause(() -> meet(both, pauses));

      restoreAll("{\"max_workers\":1}");

      assertThat(throttled).containsExactlyInAnyOrder(table.name, other.name);
    }
  }

  private static void meet(CyclicBarrier both, AtomicInteger pauses) {
    try {
      if (pauses.incrementAndGet() <= 2) {
        both.await(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the other table was not being restored", e);
    }
  }

  @Test
  void defect9FoldersOfOldExportsAreDeleted() {
    table.fill(2);
    export();
    List<ObjectInfo> old = dataFiles();
    world.variables.put("RETENTION_DAYS", "1");
    world.stub.clock().advance(Duration.ofDays(2));
    world.recoverable(table.name);
    export();

    JsonNode answer = world.invoke(new CleanupHandler(world), "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("deleted").path(0).path("method").asText())
        .isEqualTo("EXPORT");
    List<String> left = dataFiles().stream().map(ObjectInfo::key).toList();
    assertThat(left).isNotEmpty().doesNotContainAnyElementsOf(keys(old));
  }

  private static List<String> keys(List<ObjectInfo> files) {
    return files.stream().map(ObjectInfo::key).toList();
  }
}
