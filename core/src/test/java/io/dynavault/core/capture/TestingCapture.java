// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.CopyOrigin;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.TestingTime;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.item.StreamPage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A table with a stream, a vault in memory, and captures of the one into the other. */
final class TestingCapture {
  static final Duration FLUSH = Duration.ofSeconds(10);
  private static final Pattern LINE =
      Pattern.compile(
          ".*\"SequenceNumber\":\\{\"S\":\"0*(\\d+)\"}.*\"Keys\":\\{\"pk\":\\{\"S\":\"(\\w+)\".*");

  final TestingVault testing = new TestingVault();
  final TestingTime time = testing.time;
  final TestingStream stream = new TestingStream(time);
  final Table table = new Table();
  final List<CaptureEvent> events = new CopyOnWriteArrayList<>();

  /** What the listener was told of chains, records and commits, in order. */
  final List<String> told = new CopyOnWriteArrayList<>();

  private final Random random = new Random(7);
  private StopSignal stop = new StopSignal();
  private BaseBackup base = this::scanned;
  private boolean awaitsScans = true;

  /** The table of the stream, as a server tells of it. */
  final class Table implements CapturedTable {
    String id = "5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47";
    String view = "NEW_AND_OLD_IMAGES";
    boolean exists = true;

    @Override
    public String name() {
      return "orders";
    }

    @Override
    public Optional<TableState> state() {
      return exists
          ? Optional.of(
              new TableState(
                  id,
                  stream.isOn()
                      ? Optional.of(new TableStream(stream.arn(), view))
                      : Optional.empty()))
          : Optional.empty();
    }

    @Override
    public TableDefinition definition() {
      TableDefinition known = TestingPoints.definition("orders");
      return new TableDefinition(
          known.tableName(),
          known.tableArn(),
          id,
          known.keySchema(),
          known.attributeDefinitions(),
          known.localSecondaryIndexes(),
          known.globalSecondaryIndexes(),
          known.billingMode(),
          known.throughput(),
          known.onDemandThroughput(),
          known.settings());
    }

    @Override
    public void enableStream() {
      stream.switchOn();
    }
  }

  /** A base that is made at once. */
  ScannedPoint scanned(BaseOrder order, RunContext context) {
    RecoveryPoint point =
        TestingPoints.point("orders", time.instant().plusMillis(random.nextInt(1000)));
    return new ScannedPoint(
        testing.commit(point).point().id(), order.afterCommit(), order.restorableFrom());
  }

  /** Time passes while a base is made, too. */
  void scanTakesTime() {
    awaitsScans = false;
  }

  void makeBasesBy(BaseBackup other) {
    base = other;
  }

  /** Makes a chain one that was copied from another vault. */
  void markCopied(Chain chain) {
    new ContinuousBackups(testing.memory)
        .markCopied(chain, new CopyOrigin(chain.id(), new UUID(1, 2), "other", time.instant()));
  }

  /** Adds the copy of a chain that began a minute after another one, and has no commits. */
  void addCopyOfALaterChain(Chain chain) {
    Chain later =
        new Chain(
            new RecoveryPointId(
                "%014d-0badcafe".formatted(chain.id().startTime().toEpochMilli() + 60_000)),
            chain.table(),
            chain.streamArn(),
            chain.started().plusSeconds(60),
            chain.positions(),
            chain.toolVersion());
    markCopied(later);
    new ContinuousBackups(testing.memory).create(later);
  }

  /** Asks the capture to stop after so much time. */
  void stopAfter(Duration duration) {
    stop = new StopSignal();
    time.after(duration, stop::request);
  }

  /** Puts an item after so much time. */
  void putAfter(long seconds, String key, String value) {
    time.after(Duration.ofSeconds(seconds), () -> stream.put(key, value));
  }

  CaptureResult run() throws InterruptedException {
    return run(testing.vault, Until.STOPPED);
  }

  CaptureResult once() throws InterruptedException {
    return run(testing.vault, Until.CAUGHT_UP);
  }

  /** A capture by another machine, through another store. */
  CaptureResult runOn(String host, ObjectStore store) throws InterruptedException {
    return run(testing.on(host, store), Until.STOPPED);
  }

  CaptureResult run(Vault vault, Until until) throws InterruptedException {
    return run(vault, new CaptureOptions(FLUSH, CaptureOptions.DEFAULT_FLUSH_BYTES, until));
  }

  CaptureResult run(Vault vault, CaptureOptions options) throws InterruptedException {
    return captureRun(vault, options).run();
  }

  /** Catches up when nobody else captures the table any more. */
  Optional<CaptureResult> onceAfterOthers(BooleanSupplier needed) throws InterruptedException {
    return captureRun(
            testing.vault,
            new CaptureOptions(FLUSH, CaptureOptions.DEFAULT_FLUSH_BYTES, Until.CAUGHT_UP))
        .runAfterOthers(needed);
  }

  private CaptureRun captureRun(Vault vault, CaptureOptions options) {
    CaptureRequest request =
        new CaptureRequest(table, vault, stream, base, options, new Listener(), "test");
    return new CaptureRun(
        request,
        new RunContext(new Timing(time, this::sleep, random), time, new Progress("orders"), stop));
  }

  private final class Listener implements CaptureListener {
    @Override
    public void heard(String tableName, CaptureEvent event) {
      events.add(event);
      if (event instanceof CaptureEvent.Begun) {
        told.add("begun");
      } else if (event instanceof CaptureEvent.Committed committed) {
        told.add("commit " + committed.commit().counts().total() + " changes");
      }
    }

    @Override
    public void read(StreamPage page, int index) {
      told.add("read " + Long.parseLong(page.sequenceNumber(index)));
    }
  }

  /** Time passes for a capture when its base is made: what takes how long is not left to chance. */
  private void sleep(Duration duration) throws InterruptedException {
    Thread[] threads = new Thread[Thread.activeCount() + 16];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (awaitsScans && threads[i].getName().equals("base-orders")) {
        threads[i].join();
      }
    }
    time.sleep(duration);
  }

  List<ChainLog> chains() {
    return new ContinuousBackups(testing.memory).chains("orders");
  }

  ChainLog newest() {
    return new ContinuousBackups(testing.memory).newest("orders").orElseThrow();
  }

  /** Sequence number and key of every change of a chain, such as {@code 100 a}. */
  List<String> changes(ChainLog chain) {
    List<String> changes = new ArrayList<>();
    for (Commit commit : chain.commitsFrom(1)) {
      commit.files().forEach(file -> changes.addAll(lines(file)));
    }
    return changes;
  }

  private List<String> lines(ChangeFile file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(testing.memory.read(file.key())), StandardCharsets.UTF_8))) {
      return lines.lines().map(TestingCapture::change).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String change(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not a change: " + line);
    }
    return matcher.group(1) + " " + matcher.group(2);
  }

  <E extends CaptureEvent> List<E> heard(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
