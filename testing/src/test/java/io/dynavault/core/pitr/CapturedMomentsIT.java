// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.CanonicalItem;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A table of DynamoDB Local that is captured while it is changed, in spells between which its
 * contents are noted: each of them is what a moment between the spells gives.
 */
@Timeout(240)
class CapturedMomentsIT {
  private static final int SPELLS = 5;
  private static final int CHANGES = 60;

  private final URI endpoint = TestingServers.dynamoDb().endpoint();
  private final BlockingQueue<CaptureEvent> events = new LinkedBlockingQueue<>();
  private final StopSignal stop = new StopSignal();
  private final SplittableRandom chance = new SplittableRandom(20261121);
  private LiveTable table;
  private TestingEngine engine;
  private StreamClient streams;
  private long captured;
  private Instant lastChange = Instant.MIN;

  @BeforeEach
  void fillTable() {
    table =
        LiveTable.createFilled(endpoint, new SmallTable(TestingServers.newTableName("moved"), 80));
    engine = TestingEngine.inMemory();
    streams =
        HttpStreamClient.open(
            TestingEngine.config(endpoint),
            TransportConfig.forThreads(4),
            Timing.system(),
            new TransportCounters());
  }

  @AfterEach
  void close() {
    stop.request();
    streams.close();
    engine.close();
    table.drop();
  }

  @Test
  void theTableAtAMomentIsWhatItWas() throws Exception {
    FutureTask<CaptureResult> capture = capture();
    await(CaptureEvent.Begun.class);
    SortedMap<Instant, SortedMap<String, String>> states = new TreeMap<>();
    long made = 0;
    for (int spell = 0; spell < SPELLS; spell++) {
      made += change(spell); // the first one while the base is read
      SortedMap<String, String> contents = table.contents();
      awaitCaptured(made);
      Instant moment = lastChange.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      states.put(moment, contents);
      awaitClock(moment);
    }
    made += change(SPELLS); // so that the last moment is behind us for the capture, too
    awaitCaptured(made);
    stop.request();
    assertThat(capture.get(90, TimeUnit.SECONDS).gaps()).isEmpty();

    MomentPlanner planner =
        new MomentPlanner(engine.vault().store(), engine.vault().catalog(), InstantSource.system());
    RecoveryWindows windows = planner.windows(table.name());
    for (Instant moment : states.keySet()) {
      if (!moment.isBefore(windows.list().get(0).earliest())) {
        assertThat(items(planner.plan(windows, moment, Set.of())))
            .as("at " + moment)
            .containsExactlyInAnyOrderElementsOf(states.get(moment).values());
      }
    }
    assertThat(states.lastKey())
        .isBetween(windows.list().get(0).earliest(), windows.latest().get());
  }

  private FutureTask<CaptureResult> capture() {
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
            (name, event) -> events.add(event),
            "test");
    FutureTask<CaptureResult> task =
        new FutureTask<>(
            () -> new CaptureRun(request, RunContext.system(table.name(), stop)).run());
    Thread thread = new Thread(task, "capture");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Puts, of a few keys again and again, and deletes; returns how many records the stream gets. */
  private int change(int spell) {
    for (int i = 0; i < CHANGES; i++) {
      int number = Math.min(chance.nextInt(100), chance.nextInt(100));
      String key = "\"id\":{\"S\":\"item " + number + "\"}";
      table.put("{%s,\"spell\":{\"N\":\"%d\"},\"n\":{\"N\":\"%d\"}}".formatted(key, spell, i));
      if (i % 3 == 0) {
        table.delete("{" + key + "}");
      }
    }
    return CHANGES + CHANGES / 3;
  }

  private <E extends CaptureEvent> E await(Class<E> kind) throws InterruptedException {
    while (true) {
      CaptureEvent event = events.poll(90, TimeUnit.SECONDS);
      assertThat(event).as("a " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  private void awaitCaptured(long made) throws InterruptedException {
    while (captured < made) {
      var commit = await(CaptureEvent.Committed.class).commit();
      captured += commit.counts().total();
      for (ChangeFile file : commit.files()) {
        lastChange = file.lastTime().isAfter(lastChange) ? file.lastTime() : lastChange;
      }
    }
  }

  /** What is changed from then on is not before the moment, whoever's clock it is: it is ours. */
  private static void awaitClock(Instant moment) throws InterruptedException {
    InstantSource clock = InstantSource.system();
    while (clock.instant().isBefore(moment)) {
      Sleeper.system().sleep(Duration.between(clock.instant(), moment).plusMillis(1).abs());
    }
  }

  private List<String> items(MomentPlan plan) throws InterruptedException {
    List<String> items = new ArrayList<>();
    try (ItemContent content = plan.open(engine.vault().store())) {
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) ->
                items.add(CanonicalItem.of(new String(json, offset, length, UTF_8))));
      }
    }
    return items;
  }
}
