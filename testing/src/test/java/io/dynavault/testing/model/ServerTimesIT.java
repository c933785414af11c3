// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A table of DynamoDB Local with the times that its stream gives: whole minutes, for which the time
 * of reading stands (docs/format/continuous.md, section 4). So a moment is right where the second
 * before it lies behind the reading of what was written before, and before what was written next.
 */
class ServerTimesIT {
  private static final int BURSTS = 2;
  private static final int REQUESTS = 10;
  private static final CaptureOptions CATCH_UP =
      new CaptureOptions(
          Duration.ofSeconds(1), CaptureOptions.DEFAULT_FLUSH_BYTES, Until.CAUGHT_UP);

  private final LocalTables table = new LocalTables();
  private final Workload workload = new Workload(table.name(), new Random(20_261_121));
  private final KnownItems known = new KnownItems();

  @Test
  @Tag("G9")
  void momentsBetweenWritesAreRight() throws Exception {
    MemoryStore store = MemoryStore.isolated(InstantSource.system());
    SortedMap<Instant, SortedMap<String, String>> moments = new TreeMap<>();
    table.create();
    try (table;
        TestingEngine engine = TestingEngine.on(store);
        StreamClient streams =
            HttpStreamClient.open(
                TestingEngine.config(TestingServers.dynamoDb().endpoint()),
                TransportConfig.forThreads(2),
                Timing.system(),
                new TransportCounters())) {
      for (int i = 0; i <= BURSTS; i++) {
        write();
        capture(engine, streams);
        moments.put(nextSecond(), known.now());
      }
      MomentPlanner planner =
          new MomentPlanner(store, engine.vault().catalog(), InstantSource.system());
      // the last capture was complete to a second before its end
      moments.remove(moments.lastKey());
      for (var moment : moments.entrySet()) {
        var plan = planner.plan(planner.windows(table.name()), moment.getKey(), Set.of());
        try (ItemContent content = plan.open(store)) {
          assertThat(items(engine, content))
              .as("items at %s", moment.getKey())
              .isEqualTo(moment.getValue());
        }
      }
      assertThat(moments).hasSize(BURSTS);
      assertThat(LiveTable.of(TestingServers.dynamoDb().endpoint(), table.name()).contents())
          .isEqualTo(known.now());
    }
  }

  private void write() {
    for (int i = 0; i < REQUESTS; i++) {
      for (Change change : table.write(workload.next(known.now()))) {
        known.change(Instant.EPOCH, change.key(), change.after());
      }
    }
  }

  private void capture(TestingEngine engine, StreamClient streams) throws InterruptedException {
    new CaptureRun(
            new CaptureRequest(
                new ServerTable(table.name(), engine.clients(), Sleeper.system(), engine.stop()),
                engine.vault(),
                streams,
                new ScannedBase(
                    engine.vault(),
                    engine.transport(),
                    engine::describe,
                    TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP),
                    "test"),
                CATCH_UP,
                (name, event) -> {},
                "test"),
            engine.context(table.name()))
        .run();
  }

  /** The second that begins next, when it has begun. */
  private static Instant nextSecond() throws InterruptedException {
    Instant now = Instant.now();
    Instant next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    while (Instant.now().isBefore(next)) {
      Sleeper.system().sleep(Duration.between(now, next));
    }
    return next;
  }

  private static SortedMap<String, String> items(TestingEngine engine, ItemContent content)
      throws InterruptedException {
    SortedMap<String, String> items = new TreeMap<>();
    content.prepare(engine.context("known"));
    for (ContentPart part : content.parts()) {
      part.read((json, at, length, size) -> KnownHistory.add(items, json, at, length));
    }
    return items;
  }
}
