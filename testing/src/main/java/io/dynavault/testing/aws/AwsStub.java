// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.transport.EndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * AWS for tests: an HTTP server that answers the control plane of DynamoDB and its neighbours as
 * AWS does, with states that change while a test looks, with paging, with errors on demand. What it
 * does not know of DynamoDB goes to the DynamoDB behind it, if there is one.
 */
public final class AwsStub implements AutoCloseable {
  /** When it is in the stub, until a test moves its clock. */
  public static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  static {
    // Answers are two small packets; without this, the second waits for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final StubClock clock = new StubClock(START);
  private final Script script = new Script();
  private final Journal journal = new Journal();
  private final DeclaredTables declared = new DeclaredTables(clock);
  private final StubContext context;
  private final ExportArea exports;
  private final ImportArea imports;
  private final Operations operations = new Operations();
  private final Dispatcher dispatcher;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "aws-stub");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer server;

  private AwsStub(Optional<Upstream> upstream) {
    StubTables tables = upstream.<StubTables>map(UpstreamTables::new).orElse(declared);
    context = new StubContext(clock, tables);
    exports = new ExportArea(context);
    imports = new ImportArea(context);
    if (upstream.isEmpty()) {
      declared.register(operations);
    }
    areas().forEach(area -> area.register(operations));
    dispatcher = new Dispatcher(operations, upstream, script, journal);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", dispatcher);
    server.start();
  }

  /** The areas of every stub; the later ones go first where several answer an operation. */
  private List<ServiceArea> areas() {
    return List.of(
        new OnDemandArea(context),
        exports,
        imports,
        context.pitr(),
        context.creating(),
        new AwsBackupArea(context));
  }

  /** A stub whose only tables are those that a test declares or creates. */
  public static AwsStub start() {
    return new AwsStub(Optional.empty());
  }

  /** A stub in front of a DynamoDB, which has the tables and their items. */
  public static AwsStub inFrontOf(URI dynamoDb) {
    return new AwsStub(Optional.of(new Upstream(dynamoDb)));
  }

  /** Where it listens: the endpoint of every service. */
  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** How engine and SDK are told to talk to it. */
  public EndpointConfig endpoint() {
    return endpoint(StubContext.REGION);
  }

  /** The same in another region. */
  public EndpointConfig endpoint(String region) {
    return EndpointConfig.of(
        uri(),
        region,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("stub", "stub-secret")));
  }

  /** The time in the stub: it stands still until a test moves it. */
  public StubClock clock() {
    return clock;
  }

  /**
   * Declares a table in a stub that has no DynamoDB behind it.
   *
   * @param createTable the members of CreateTable as JSON
   * @param items as DynamoDB JSON
   */
  public void declareTable(String createTable, String... items) {
    List<JsonNode> parsed =
        List.of(items).stream().<JsonNode>map(item -> Wire.parse(item.getBytes(UTF_8))).toList();
    dispatcher.locked(
        () -> declared.create(StubContext.REGION, Wire.parse(createTable.getBytes(UTF_8)), parsed));
  }

  /** Replaces all items of a declared table. */
  public void replaceItems(String table, String... items) {
    List<JsonNode> parsed =
        List.of(items).stream().<JsonNode>map(item -> Wire.parse(item.getBytes(UTF_8))).toList();
    dispatcher.locked(() -> declared.replaceItems(table, parsed));
  }

  /**
   * Remembers a table, with its items as they are now, as what it was at a time: a restore to a
   * point in time gives the last such state before it, or else the table as it is.
   */
  public void snapshotForPitr(String table, Instant time) {
    dispatcher.locked(
        () ->
            context
                .pitr()
                .keep(
                    time,
                    TableSnapshot.take(context.tables(), HttpCall.ofStub(StubContext.REGION), table)
                        .orElseThrow(
                            () -> new IllegalArgumentException("no table '" + table + "'"))));
  }

  /**
   * Lets exports be written into a bucket, and imports read it; those of others fail.
   *
   * @param root a store whose root is that of the bucket
   */
  public void bucket(String name, ObjectStore root) {
    dispatcher.locked(
        () -> {
          exports.bucket(name, root);
          imports.bucket(name, root);
        });
  }

  /** Lets exports that end from now on have so many data files, of which the last one is empty. */
  public void exportFiles(int count) {
    dispatcher.locked(() -> exports.dataFiles(count));
  }

  /** Lets the stub answer more operations, or answer some otherwise. */
  public void add(ServiceArea area) {
    dispatcher.locked(() -> area.register(operations));
  }

  /**
   * Lets everything that takes time (restores, exports, jobs) begun from now on be seen under way
   * this many times by its describe operation before it is done; 0, as at first, is done at once.
   */
  public void doneAfterLooks(int looks) {
    context.looks(looks);
  }

  /** Lets lists end their pages after this many entries, whatever was asked for. */
  public void pageSize(int entries) {
    context.maxPageSize(entries);
  }

  /** Lets the next calls of an operation fail without having done anything. */
  public void failNext(String operation, AwsError error, int times) {
    script.add(operation, new Script.Refusal(error), times);
  }

  /** Lets the next calls of an operation be throttled. */
  public void throttleNext(String operation, int times) {
    failNext(operation, AwsError.throttling(), times);
  }

  /** Ends the connection of the next calls before anything was done. */
  public void loseNextRequests(String operation, int times) {
    script.add(operation, new Script.LostRequest(), times);
  }

  /** Does what the next calls ask for, then ends the connection without an answer. */
  public void loseNextAnswers(String operation, int times) {
    script.add(operation, new Script.LostAnswer(), times);
  }

  /** Lets the next calls wait for an answer that never comes, nor anything done. */
  public void neverAnswerNext(String operation, int times) {
    script.add(operation, new Script.Silence(), times);
  }

  /**
   * Lets the stub be a server that does not know these operations, as imitations of AWS are.
   *
   * @param status of the page that it answers with: 404, or 500 where the imitation fails
   */
  public void lack(int status, String... operations) {
    dispatcher.lack(status, operations);
  }

  /** Leaves a member such as {@code TableId} out of all answers, wherever it stands. */
  public void leaveOut(String member) {
    dispatcher.leaveOut(member);
  }

  /**
   * The members of all requests of an operation, the first one first, also of those that failed.
   */
  public List<ObjectNode> requests(String operation) {
    return journal.requests(operation);
  }

  /** The operations that were called, in order. */
  public List<String> calls() {
    return journal.calls();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    journal.clear();
  }

  @Override
  public void close() {
    dispatcher.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
