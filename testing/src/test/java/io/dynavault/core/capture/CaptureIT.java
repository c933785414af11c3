// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static io.dynavault.core.error.ErrorCode.LEASE_HELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainEnd.Reason;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.capture.ReplayedChain;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures of a table of DynamoDB Local while it is changed. */
@Timeout(180)
class CaptureIT {
  private static final int ITEMS = 300;
  private static final Duration TTL = Duration.ofSeconds(3);

  private final URI endpoint = TestingServers.dynamoDb().endpoint();
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final BlockingQueue<CaptureEvent> events = new LinkedBlockingQueue<>();
  private LiveTable table;
  private TestingEngine engine;
  private StreamClient streams;

  @BeforeEach
  void fillTable() {
    table =
        LiveTable.createFilled(
            endpoint, new SmallTable(TestingServers.newTableName("captured"), ITEMS));
    engine = TestingEngine.on(store, endpoint);
    streams =
        HttpStreamClient.open(
            TestingEngine.config(endpoint),
            TransportConfig.forThreads(8),
            Timing.system(),
            new TransportCounters());
  }

  @AfterEach
  void close() {
    streams.close();
    engine.close();
    if (table.exists()) {
      table.drop();
    }
  }

  /** A capture on a thread of its own. */
  private final class Running {
    private final StopSignal stop = new StopSignal();
    private final FutureTask<CaptureResult> task;

    Running(Vault vault, Until until) {
      CaptureRequest request =
          new CaptureRequest(
              new ServerTable(table.name(), engine.clients(), Sleeper.system(), stop),
              vault,
              streams,
              new ScannedBase(
                  vault,
                  engine.transport(),
                  engine::describe,
                  TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP),
                  "test"),
              new CaptureOptions(Duration.ofMillis(500), 1 << 20, until),
              (name, event) -> events.add(event),
              "test");
      task =
          new FutureTask<>(
              () -> new CaptureRun(request, RunContext.system(table.name(), stop)).run());
      Thread thread = new Thread(task, "capture");
      thread.setDaemon(true);
      thread.start();
    }

    CaptureResult stop() throws Exception {
      stop.request();
      return result();
    }

    CaptureResult result() throws Exception {
      try {
        return task.get(90, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof DynavaultException known) {
          throw known;
        }
        throw e;
      }
    }
  }

  private Running start() {
    return new Running(engine.vault(), Until.STOPPED);
  }

  /** Waits for something to happen. */
  private <E extends CaptureEvent> E await(Class<E> kind) throws InterruptedException {
    while (true) {
      CaptureEvent event = events.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("a " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  /** Waits for a commit with changes. */
  private void awaitChanges() throws InterruptedException {
    while (await(CaptureEvent.Committed.class).commit().counts().total() == 0) {
      // the next one
    }
  }

  /** Changes items, a few of them again and again. */
  private void change(int from, int to) {
    for (int number = from; number < to; number++) {
      table.put(
          "{\"id\":{\"S\":\"item %d\"},\"round\":{\"N\":\"%d\"}}".formatted(number % 40, number));
      if (number % 7 == 0) {
        table.delete("{\"id\":{\"S\":\"item %d\"}}".formatted(100 + number % 60));
      }
    }
  }

  @Test
  @Tag("G9")
  void allChangesDuringAndAfterTheBaseAreThereOnce() throws Exception {
    Running capture = start();
    await(CaptureEvent.Begun.class);
    change(0, 150);
    await(CaptureEvent.BaseReady.class);
    change(150, 300);

    CaptureResult first = capture.stop();
    change(300, 350);
    CaptureResult second = new Running(engine.vault(), Until.CAUGHT_UP).result();

    ReplayedChain chain = ReplayedChain.of(engine.vault(), table.name());
    assertThat(chain.contents()).isEqualTo(table.contents());
    assertThat(chain.sequenceNumbers()).doesNotHaveDuplicates().isSorted();
    assertThat(chain.sequenceNumbers())
        .hasSize((int) (first.changes().total() + second.changes().total()))
        .hasSizeGreaterThanOrEqualTo(350);
    assertThat(second.chain()).isEqualTo(first.chain());
    assertThat(chain.chain().bases()).hasSize(1);
    assertThat(new CaptureSurvey(engine.vault(), InstantSource.system()).tables())
        .containsExactly(table.name());
  }

  @Test
  @Tag("G5")
  void aTableHasOneCaptureAtATime() throws Exception {
    Running capture = start();
    await(CaptureEvent.Begun.class);

    DynavaultException refused =
        catchThrowableOfType(
            DynavaultException.class, () -> new Running(engine.vault(), Until.STOPPED).result());

    assertThat(refused.code()).isEqualTo(LEASE_HELD);
    assertThat(capture.stop().gaps()).isEmpty();
  }

  @Test
  @Tag("G9")
  @Tag("F9")
  void aCaptureThatDiedIsTakenOver() throws Exception {
    DyingStore dying = new DyingStore(store);
    new Running(onAnotherMachine(dying), Until.STOPPED);
    await(CaptureEvent.Begun.class);
    await(CaptureEvent.BaseReady.class);
    change(0, 100);
    awaitChanges();
    change(100, 130);
    dying.dead = true;
    change(130, 160);

    Running next = start();
    Optional<CaptureEvent.Resumed> resumed = Optional.of(await(CaptureEvent.Resumed.class));
    awaitChanges();
    next.stop();

    ReplayedChain chain = ReplayedChain.of(engine.vault(), table.name());
    assertThat(chain.chain().bases()).hasSize(1);
    assertThat(resumed.orElseThrow().last()).isPresent();
    assertThat(chain.contents()).isEqualTo(table.contents());
    assertThat(chain.sequenceNumbers()).doesNotHaveDuplicates().isSorted();
  }

  @Test
  @Tag("G8")
  void aTableThatWasDeletedEndsTheChainWithAllItsChanges() throws Exception {
    Running capture = start();
    await(CaptureEvent.BaseReady.class);
    change(0, 50);
    table.drop();

    ChainEnd end = await(CaptureEvent.Gap.class).end();

    await(CaptureEvent.TableMissing.class);
    CaptureResult result = capture.stop();
    assertThat(end.reason()).isEqualTo(Reason.TABLE_DELETED);
    assertThat(result.gaps()).containsExactly(end);
  }

  private static Vault onAnotherMachine(ObjectStore through) {
    return Vault.open(
        through,
        Holder.of("elsewhere", 1, "test", Timing.system().random()),
        new LeaseSettings(
            TTL, InstantSource.system(), Ticker.system(), Sleeper.system(), ProcessProbe.none()));
  }

  /** A store that writes nothing any more once its process is dead. */
  private static final class DyingStore extends ForwardingStore {
    private volatile boolean dead;

    DyingStore(ObjectStore store) {
      super(store);
    }

    private void live() {
      if (dead) {
        throw new Killed();
      }
    }

    @Override
    public ObjectInfo put(String key, byte[] content) {
      live();
      return super.put(key, content);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
      live();
      return super.putIfAbsent(key, content);
    }

    @Override
    public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
      live();
      return super.replace(key, content, expectedVersion);
    }

    @Override
    public ObjectUpload upload(String key) {
      live();
      return super.upload(key);
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
