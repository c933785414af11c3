// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.retry.RetryingStore;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.FaultyStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A process that captures the table of a world, and what is done to it. */
final class CaptureProcess {
  private static final Duration FLUSH = Duration.ofSeconds(5);
  private static final int SCAN_WORKERS = 3;

  /** So that moments are made of first bases, and of later ones. */
  private static final Duration BASE_EVERY = Duration.ofSeconds(50);

  private final CapturedWorld world;
  private final ProcessSwitch power = new ProcessSwitch();
  private final StopSignal stop = new StopSignal();
  private final List<CaptureEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger streamCalls = new AtomicInteger();
  private Faults storeFaults = Faults.none();
  private IntConsumer onStreamCall = number -> {};
  private int storeCalls;

  CaptureProcess(CapturedWorld world) {
    this.world = requireNonNull(world, "world is null");
  }

  /** What goes wrong with the vault. */
  CaptureProcess withStoreFaults(Faults faults) {
    storeFaults = faults;
    return this;
  }

  /** Is told the number of every call to the stream before it is made. */
  CaptureProcess onStreamCall(IntConsumer action) {
    onStreamCall = action;
    return this;
  }

  ProcessSwitch power() {
    return power;
  }

  StopSignal stop() {
    return stop;
  }

  List<CaptureEvent> events() {
    return events;
  }

  /** Calls to the vault in all. */
  int storeCalls() {
    return storeCalls;
  }

  int streamCalls() {
    return streamCalls.get();
  }

  /** Asks it to stop when so much time has passed. */
  CaptureProcess stopAfter(Duration duration) {
    world.after(duration, stop::request);
    return this;
  }

  /** Captures until it is stopped, up to date, or dead. */
  CaptureResult run(Until until) throws InterruptedException {
    FaultyStore faulty =
        new FaultyStore(
            world.store(),
            call -> {
              Optional<Fault> fault = storeFaults.of(call);
              power.pass();
              return fault;
            });
    ObjectStore store = new RetryingStore(faulty, world.timing().sleeper(), world.random());
    Vault vault =
        Vault.open(store, Holder.of("host", 1, "capture", world.random()), world.leases());
    try (DynamoDbTransport items = new Items(world.table().transport())) {
      return new CaptureRun(
              new CaptureRequest(
                  world.captured(power),
                  vault,
                  world.streams().announcedTo(this::streamCalled),
                  new ScannedBase(
                      vault,
                      items,
                      name -> new TableDescriber(world.table().clients()).describe(name),
                      options(),
                      "test"),
                  new CaptureOptions(
                      FLUSH, CaptureOptions.DEFAULT_FLUSH_BYTES, until, Optional.of(BASE_EVERY)),
                  (name, event) -> events.add(event),
                  "test"),
              new RunContext(world.timing(), world.time(), new Progress("known"), stop))
          .run();
    } finally {
      storeCalls = faulty.calls();
    }
  }

  private void streamCalled() {
    onStreamCall.accept(streamCalls.incrementAndGet());
    power.pass();
  }

  private static BackupOptions options() {
    return new BackupOptions(
        SCAN_WORKERS,
        Optional.empty(),
        OutputFormat.DYNAMODB_JSON,
        Compression.GZIP,
        BackupOptions.DEFAULT_FILE_BYTES,
        Map.of(),
        Optional.empty());
  }

  /** Between two pages of a scan time passes, so that no two of them are of one moment. */
  private final class Items implements DynamoDbTransport {
    private final DynamoDbTransport transport;

    Items(DynamoDbTransport transport) {
      this.transport = transport;
    }

    @Override
    public void call(String operation, byte[] body, int length, ResponseBuffer response) {
      power.pass();
      world.pass(Duration.ofMillis(700));
      transport.call(operation, body, length, response);
    }

    @Override
    public URI endpoint() {
      return transport.endpoint();
    }

    @Override
    public String region() {
      return transport.region();
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
