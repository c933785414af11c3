// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.lambda.host.Continuation;
import io.dynavault.lambda.host.Event;
import io.dynavault.lambda.host.Host;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.aws.AwsStub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A function's surroundings: a stub of AWS, a bucket of the S3 server, and a time that passes when
 * somebody waits. What a function sends to itself is kept until the test hands it over.
 */
final class HandlerWorld implements Host, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SHORT = Duration.ofMillis(200);

  /** How much faster the time passes by which leases run out and clients are throttled. */
  private static final int FASTER = 4;

  final AwsStub stub;
  final String bucket = TestingServers.newBucket();
  final Map<String, String> variables = new HashMap<>();
  final Deque<Event> sentToItself = new ArrayDeque<>();
  private final AtomicLong remainingMillis = new AtomicLong(900_000);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ObjectStore root;
  private volatile EndOfTime end = new EndOfTime();
  private volatile Duration longestWait = SHORT;
  private volatile Runnable onPause = () -> {};
  private int requests;

  private HandlerWorld(AwsStub stub, Duration behind) {
    this.stub = stub;
    // S3's clock is the real one, and leases are judged by both.
    stub.clock().advance(Duration.between(AwsStub.START, Instant.now().minus(behind)));
    variables.put("BACKUP_BUCKET", bucket);
    variables.put("ENVIRONMENT", "test");
    root = openStore(new StoreLocation.Bucket(bucket, ""));
    stub.bucket(bucket, root);
  }

  static HandlerWorld withoutItems() {
    return new HandlerWorld(AwsStub.start(), Duration.ZERO);
  }

  /** Where it is some time ago, until the test moves the clock. */
  static HandlerWorld inThePast(Duration behind) {
    return new HandlerWorld(AwsStub.start(), behind);
  }

  static HandlerWorld inFrontOfDynamoDb() {
    return new HandlerWorld(AwsStub.inFrontOf(TestingServers.dynamoDb().endpoint()), Duration.ZERO);
  }

  /** At noon, some days ago, so that no midnight comes between. */
  static HandlerWorld ofOneDay() {
    Instant now = Instant.now();
    Instant noon = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(10 * 24 - 12));
    return new HandlerWorld(
        AwsStub.inFrontOf(TestingServers.dynamoDb().endpoint()), Duration.between(noon, now));
  }

  /** The day that it is there. */
  String today() {
    return LocalDate.ofInstant(stub.clock().instant(), ZoneOffset.UTC).toString();
  }

  /** Invokes a function with an event and gives its answer. */
  JsonNode invoke(RequestStreamHandler handler, String event) {
    end = new EndOfTime();
    return answer(handler, event, "request-" + ++requests);
  }

  private JsonNode answer(RequestStreamHandler handler, String event, String requestId) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(UTF_8)),
          answer,
          new TestingContext(requestId, remainingMillis::get));
      return JSON.readTree(answer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pauses of up to a second take some time: for who waits for others, or for a real stream. */
  void reallyPause() {
    longestWait = Duration.ofSeconds(1);
  }

  /** Invokes a function with several events at the same time. */
  List<JsonNode> invokeTogether(RequestStreamHandler handler, String... sent) throws Exception {
    end = new EndOfTime();
    ExecutorService threads = Executors.newFixedThreadPool(sent.length);
    try {
      List<Future<JsonNode>> answers = new ArrayList<>();
      for (String event : sent) {
        String request = "request-" + ++requests;
        answers.add(threads.submit(() -> answer(handler, event, request)));
      }
      List<JsonNode> all = new ArrayList<>();
      for (Future<JsonNode> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Invokes it with the next event that it has sent to itself. */
  JsonNode continueOnce(RequestStreamHandler handler) {
    return invoke(handler, sentToItself.remove().toString());
  }

  /** Time that the next invocations have. */
  void remaining(Duration time) {
    remainingMillis.set(time.toMillis());
  }

  /** Declares a table of which an export can be made. */
  void recoverableTable(String name, String... items) {
    stub.declareTable(
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
        """
            .formatted(name),
        items);
    recoverable(name);
  }

  /** Switches point-in-time recovery on. */
  void recoverable(String name) {
    try (var client = io.dynavault.core.transport.SdkClients.dynamoDb(stub.endpoint())) {
      client.updateContinuousBackups(
          b ->
              b.tableName(name)
                  .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    }
    stub.clock().advance(Duration.ofMinutes(10));
  }

  /** An object of the bucket as JSON. */
  JsonNode json(String key) {
    try (var in = root.read(key)) {
      return JSON.readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectStore root() {
    return root;
  }

  Vault vault() {
    return Vault.open(
        openStore(new StoreLocation.Bucket(bucket, "native-exports")),
        Holder.of("test", 1, "test", timing().random()),
        LeaseSettings.system());
  }

  /** Makes the vault, where no backup has. */
  Vault createVault() {
    return Vault.create(
        openStore(new StoreLocation.Bucket(bucket, "native-exports")),
        new VaultConfig(new UUID(1, 1), "test", stub.clock().instant(), Map.of(), "0.1.0"),
        Holder.of("test", 1, "test", timing().random()),
        LeaseSettings.system());
  }

  /** The lines that are metrics. */
  List<JsonNode> metrics() {
    return log.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith("{\"_aws\""))
        .map(HandlerWorld::parse)
        .toList();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> variables() {
    return variables;
  }

  @Override
  public EndpointConfig endpoint() {
    return stub.endpoint();
  }

  @Override
  public ObjectStore openStore(StoreLocation location) {
    S3Config s3 =
        S3Config.defaults()
            .withEndpoint(TestingServers.s3().endpoint())
            .withRegion(TestingServers.region().id())
            .withCredentials(TestingServers.credentialsProvider());
    Timing timing = timing();
    return Stores.open(
        location, new StoreConfig(s3, timing.clock(), timing.sleeper(), timing.random()));
  }

  @Override
  public Timing timing() {
    return new Timing(stub.clock(), this::sleep, RandomGenerator.of("SplittableRandom"));
  }

  /**
   * Nobody really waits, but the threads that renew leases: they do so while others work, and what
   * they sleep is no part of the time that an invocation takes.
   */
  private void sleep(Duration duration) throws InterruptedException {
    switch (Thread.currentThread().getName()) {
      case LeaseKeeper.THREAD_NAME -> Sleeper.system().sleep(duration.dividedBy(FASTER));
      case "deadline" -> end.await(duration, remainingMillis.get());
      default -> {
        onPause.run();
        if (duration.compareTo(longestWait) <= 0) {
          Sleeper.system().sleep(duration.dividedBy(FASTER)); // the ticker throttles, not the clock
        }
        stub.clock().advance(duration);
        end.passed(remainingMillis.addAndGet(-duration.toMillis()));
      }
    }
  }

  /** Ends the time that the invocation under way has; it knows when this returns. */
  void endTheTime() throws InterruptedException {
    remainingMillis.set(0);
    end.passed(0);
  }

  /** Done whenever something pauses. */
  void onPause(Runnable action) {
    onPause = action;
  }

  @Override
  public Ticker ticker() {
    return () -> System.nanoTime() * FASTER;
  }

  @Override
  public Continuation continuation(String functionArn) {
    return sentToItself::add;
  }

  @Override
  public PrintStream log() {
    return new PrintStream(log, true, UTF_8);
  }

  /** How often each operation was called. */
  Map<String, Integer> calls() {
    Map<String, Integer> calls = new TreeMap<>();
    stub.calls().forEach(call -> calls.merge(call, 1, Integer::sum));
    return calls;
  }

  @Override
  public void close() {
    root.close();
    stub.close();
  }
}
