// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyReader;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table that is captured while it is written, and rolled back with what was captured. */
@Timeout(300)
class CapturedBacktrackIT {
  private static final String HEARTBEAT = "{\"id\":{\"S\":\"heartbeat\"},\"n\":{\"N\":\"%d\"}}";

  @TempDir Path folder;

  private final URI endpoint = TestingServers.dynamoDb().endpoint();
  private final TestingEngine engine = TestingEngine.inMemory();
  private final LiveTable table =
      LiveTable.createFilled(
          endpoint, new SmallTable(TestingServers.newTableName("backtracked"), 200));
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch begun = new CountDownLatch(1);
  private int heartbeats;

  @AfterEach
  void close() {
    engine.close();
    table.drop();
  }

  @Test
  void whatABadDeployHasDoneIsTakenBackWhileTheTableLivesOn() throws Exception {
    try (StreamClient streams = streams()) {
      FutureTask<CaptureResult> capture = start(streams);
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      nextSecond();
      SortedMap<String, String> before = table.contents();
      Instant toTime = nextSecond();
      for (int number = 0; number < 30; number++) {
        table.put("{\"id\":{\"S\":\"item %d\"},\"garbage\":{\"BOOL\":true}}".formatted(number));
        table.delete("{\"id\":{\"S\":\"item %d\"}}".formatted(100 + number));
        table.put("{\"id\":{\"S\":\"item new %d\"}}".formatted(number));
      }
      SortedMap<String, String> bad = table.contents();

      Path undo = folder.resolve("undo.jsonl.gz");
      BacktrackResult result = backtrack(toTime, undo);
      assertThat(result.complete()).isTrue();
      assertThat(List.of(result.replaced(), result.put(), result.deleted()))
          .containsExactly(30L, 30L, 30L);
      assertThat(table).hasContents(withHeartbeat(before));

      undo(undo);
      assertThat(table).hasContents(withHeartbeat(bad));
      stop.request();
      assertThat(capture.get(60, TimeUnit.SECONDS).gaps()).isEmpty();
    }
  }

  /** The planner waits for the capture, which commits at once where somebody writes. */
  private BacktrackResult backtrack(Instant toTime, Path undoFile) throws InterruptedException {
    TableDefinition definition = engine.describe(table.name()).definition();
    Sleeper beating =
        duration -> {
          table.put(HEARTBEAT.formatted(++heartbeats));
          Sleeper.system().sleep(duration);
        };
    RunContext context =
        new RunContext(
            new Timing(InstantSource.system(), beating, Timing.system().random()),
            Ticker.system(),
            new Progress(table.name()),
            new StopSignal());
    ItemSelection items =
        ItemSelection.everything()
            .withKeys(KeyFilter.parse(List.of("id begins_with item"), definition.keySchema()));
    BacktrackRequest request =
        new BacktrackRequest(toTime, Optional.empty(), Optional.empty(), Optional.empty(), items);
    BacktrackPlan plan =
        new BacktrackPlanner(engine.vault().store(), context.timing().clock(), () -> {}, context)
            .plan(definition, request);
    try (ChangedItems changed = ChangeFiles.read(engine.vault().store(), plan, 2, context);
        UndoWriter undo = writer(undoFile, definition)) {
      return new BacktrackRun(changed, live(definition), items, context).run(undo, action -> {});
    }
  }

  private void undo(Path file) throws InterruptedException {
    TableDefinition definition = engine.describe(table.name()).definition();
    try (UndoFile items = UndoFile.open(file, new KeyReader(definition.keySchema()));
        UndoWriter undo = writer(folder.resolve("redo.jsonl"), definition)) {
      BacktrackResult result =
          new BacktrackRun(
                  items,
                  live(definition),
                  ItemSelection.everything(),
                  RunContext.system(table.name(), new StopSignal()))
              .run(undo, action -> {});
      assertThat(result.complete()).isTrue();
    }
  }

  private BacktrackTable live(TableDefinition definition) {
    return new BacktrackTable(
        engine.transport(), definition, 4, Optional.empty(), Optional.empty());
  }

  private UndoWriter writer(Path file, TableDefinition definition) {
    return UndoWriter.create(
        file,
        new UndoHeader(
            table.name(), definition.tableArn(), Instant.now(), Optional.empty(), "0.1.0"),
        new KeyReader(definition.keySchema()));
  }

  private SortedMap<String, String> withHeartbeat(SortedMap<String, String> contents) {
    table.contents().entrySet().stream()
        .filter(item -> item.getKey().contains("heartbeat"))
        .forEach(item -> contents.put(item.getKey(), item.getValue()));
    return contents;
  }

  private FutureTask<CaptureResult> start(StreamClient streams) {
    CaptureRequest request =
        new CaptureRequest(
            new ServerTable(table.name(), engine.clients(), Sleeper.system(), stop),
            engine.vault(),
            streams,
            new ScannedBase(
                engine.vault(),
                engine.transport(),
                engine::describe,
                TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP),
                "test"),
            new CaptureOptions(Duration.ofMillis(500), 1 << 20, Until.STOPPED),
            (name, event) -> {
              if (event instanceof CaptureEvent.Begun) {
                begun.countDown();
              }
            },
            "test");
    FutureTask<CaptureResult> task =
        new FutureTask<>(
            () -> new CaptureRun(request, RunContext.system(table.name(), stop)).run());
    Thread thread = new Thread(task, "capture");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private StreamClient streams() {
    return HttpStreamClient.open(
        TestingEngine.config(endpoint),
        TransportConfig.forThreads(4),
        Timing.system(),
        new TransportCounters());
  }

  /** What is written from now on is of this second or a later one. */
  private static Instant nextSecond() {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    while (Instant.now().isBefore(next)) {
      LockSupport.parkNanos(1_000_000);
    }
    return next;
  }
}
