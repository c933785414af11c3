// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.capture.ReplayedChain;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures of a real stream, by events as an event source mapping sends them, and by schedule. */
@Timeout(180)
final class CaptureHandlerIT {
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:backups";
  private static final String ALL_SAFE = "{\"batchItemFailures\":[]}";

  private final HandlerWorld world = HandlerWorld.inFrontOfDynamoDb();
  private final CaptureHandler handler = new CaptureHandler(world);
  private final OrdersTable table = OrdersTable.create();
  private final StreamEvents events = new StreamEvents();

  @BeforeEach
  void streamsAreReal() {
    world.reallyPause();
  }

  @AfterEach
  void close() {
    events.close();
    table.close();
    world.close();
  }

  /** What the schedule of every minute does. */
  private JsonNode schedule() {
    world.remaining(Duration.ofMinutes(15));
    return world.invoke(handler, "{\"tables\":[\"" + table.name + "\"]}");
  }

  private String invoke(List<ObjectNode> records) {
    world.remaining(Duration.ofMinutes(15));
    return world.invoke(handler, StreamEvents.event(records)).toString();
  }

  private static String identifier(ObjectNode record) {
    return "{\"itemIdentifier\":\"" + StreamEvents.number(record) + "\"}";
  }

  private ChainLog chain() {
    return new ContinuousBackups(world.vault().store()).newest(table.name).orElseThrow();
  }

  private void assertCapturedOnce() throws InterruptedException {
    ReplayedChain chain = ReplayedChain.of(world.vault(), table.name);
    assertThat(chain.sequenceNumbers()).doesNotHaveDuplicates();
    assertThat(chain.contents())
        .isEqualTo(LiveTable.of(TestingServers.dynamoDb().endpoint(), table.name).contents());
  }

  private void reports() {
    world.variables.put("SNS_TOPIC_ARN", TOPIC);
    world.stub.add(
        operations -> operations.query("sns", "Publish", request -> "<MessageId>1</MessageId>"));
  }

  @Test
  @Tag("G9")
  void theScheduleSwitchesTheStreamOnAndMakesTheBase() throws Exception {
    table.fill(30);

    JsonNode answer = schedule();

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    JsonNode told = answer.path("body").path("tables").path(0);
    assertThat(told.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(told.path("earliest").asText()).isNotEmpty();
    assertThat(told.path("latest").asText()).isGreaterThan(told.path("earliest").asText());
    assertCapturedOnce();
    assertThat(world.metrics()).anyMatch(line -> line.path("ContinuousWindow").asDouble() > 0);
    assertThat(world.metrics()).anyMatch(line -> line.path("ContinuousSuccesses").asInt() == 1);
    assertThat(world.metrics())
        .extracting(line -> line.path("Vault").asText())
        .containsOnly("s3://" + world.bucket + "/native-exports");
  }

  @Test
  @Tag("G9")
  void theRecordsOfAnEventAreCommittedOnceHoweverOftenAndInWhichOrderTheyCome() throws Exception {
    table.fill(3);
    schedule();
    table.fill(10); // three of them are as they were
    List<ObjectNode> records = events.records(table.name);

    world.remaining(Duration.ZERO);
    assertThat(world.invoke(handler, StreamEvents.event(records)).path("batchItemFailures"))
        .as("without time, the first one is named")
        .singleElement()
        .satisfies(failed -> assertThat(failed).hasToString(identifier(records.get(0))));
    assertThat(invoke(records.subList(4, 7))).isEqualTo(ALL_SAFE);
    long commits = chain().last().orElseThrow().number();
    assertThat(invoke(StreamEvents.later(records.subList(0, 4)))).isEqualTo(ALL_SAFE);
    assertThat(invoke(StreamEvents.later(records.subList(4, 7)))).isEqualTo(ALL_SAFE);

    assertThat(chain().last().orElseThrow().number()).isEqualTo(commits);
    assertThat(ReplayedChain.of(world.vault(), table.name).sequenceNumbers())
        .containsExactlyElementsOf(records.stream().map(StreamEvents::number).toList());
    assertCapturedOnce();
  }

  @Test
  @Tag("G9")
  void invocationsOfTwoShardsAtATimeDoNotGetInEachOthersWay() throws Exception {
    schedule();
    table.fill(20);
    List<ObjectNode> records = events.records(table.name);

    List<JsonNode> answers =
        world.invokeTogether(
            handler,
            StreamEvents.event(records.subList(0, 10)),
            StreamEvents.event(records.subList(10, 20)));

    assertThat(answers).as("of whoever captured").anyMatch(a -> a.toString().equals(ALL_SAFE));
    assertThat(invoke(StreamEvents.later(records))).isEqualTo(ALL_SAFE);
    assertCapturedOnce();
  }

  @Test
  @Tag("G9")
  void aBaseThatTakesLongerThanAnInvocationIsGoneOnWith() throws Exception {
    table.fill(60);
    AtomicInteger scans = new AtomicInteger();
    world.stub.add(
        operations ->
            operations.dynamoDb(
                "Scan", request -> endsTheTime(scans), request -> request.members()));

    JsonNode first = schedule();

    assertThat(first.path("statusCode").asInt()).as(first.toString()).isEqualTo(202);
    assertThat(first.path("body").path("tables").path(0).path("status").asText())
        .isEqualTo("IN_PROGRESS");
    assertThat(chain().bases()).isEmpty();
    table.fill(70);
    assertThat(invoke(events.records(table.name))).isEqualTo(ALL_SAFE);
    assertThat(chain().bases()).hasSize(1);
    assertCapturedOnce();
  }

  /** Only looks on: the request goes on to DynamoDB. */
  private boolean endsTheTime(AtomicInteger scans) {
    if (scans.incrementAndGet() == 1) {
      try {
        world.endTheTime();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return false;
  }

  @Test
  @Tag("G8")
  void aTableThatWasCreatedAgainGetsAChainOfItsOwnAndSomebodyIsToldOnce() throws Exception {
    reports();
    table.fill(3);
    schedule();
    List<ObjectNode> old = events.records(table.name);
    table.put("item-0", "changed");
    List<ObjectNode> last = events.records(table.name);
    table.delete();
    TestTables.create(TestingServers.dynamoDbClient(), table.name, "pk");
    table.fill(2);

    assertThat(old).isEmpty();
    assertThat(invoke(last)).isEqualTo(ALL_SAFE);
    schedule();
    table.put("item-1", "changed");
    assertThat(invoke(events.records(table.name))).isEqualTo(ALL_SAFE);

    List<ChainLog> chains = new ContinuousBackups(world.vault().store()).chains(table.name);
    assertThat(chains).hasSize(2);
    assertThat(chains.get(0).end().orElseThrow().reason())
        .isEqualTo(ChainEnd.Reason.TABLE_RECREATED);
    assertThat(world.stub.requests("Publish"))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.path("Message").asText()).contains(table.name, "created again"));
    assertCapturedOnce();
  }

  @Test
  void aStreamWithoutImagesIsToldOnceAndStaysAFailure() {
    reports();
    TestingServers.dynamoDbClient()
        .updateTable(
            b ->
                b.tableName(table.name)
                    .streamSpecification(s -> s.streamEnabled(true).streamViewType("KEYS_ONLY")));
    table.fill(2);
    List<ObjectNode> records = events.records(table.name);

    String first = invoke(records);
    String second = invoke(records);

    assertThat(first).contains(StreamEvents.number(records.get(0))).isEqualTo(second);
    JsonNode answer = schedule();
    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.toString()).contains("STREAM_UNFIT", "KEYS_ONLY");
    assertThat(world.stub.requests("Publish")).hasSize(1);
    assertThat(world.metrics().stream().mapToInt(m -> m.path("ContinuousFailures").asInt()).sum())
        .isEqualTo(3);
  }

  @Test
  @Tag("G9")
  void aTableThatAProcessCapturesIsLeftToIt() throws Exception {
    schedule();
    LeaseSettings settings =
        new LeaseSettings(
            LeaseSettings.DEFAULT_TTL,
            world.timing().clock(),
            world.ticker(),
            world.timing().sleeper(),
            ProcessProbe.system());
    try (Lease lease = world.vault().leases().acquire(LeaseName.continuous(table.name));
        LeaseKeeper keeper = LeaseKeeper.start(lease, settings, () -> {})) {
      keeper.check();

      JsonNode answer = schedule();

      assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.path("body").path("tables").path(0).path("status").asText())
          .isEqualTo("CAPTURED_ELSEWHERE");
    }
  }

  @Test
  void anEventThatCannotBeReadFailsAsAWhole() {
    assertThat(world.invoke(handler, "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}"))
        .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}");
  }

  @Test
  void settingsThatAreMissingFailTheBatch() {
    world.variables.remove("BACKUP_BUCKET");
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record
        .put("eventSourceARN", "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/x")
        .putObject("dynamodb")
        .put("ApproximateCreationDateTime", 1)
        .put("SequenceNumber", "17");

    assertThat(invoke(List.of(record))).contains("\"17\"");
    assertThat(world.metrics()).hasSize(1);
  }

  @Test
  void aScheduleNeedsTables() {
    JsonNode answer = world.invoke(handler, "{}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").path("hint").asText()).contains("DYNAMODB_TABLES");
  }
}
