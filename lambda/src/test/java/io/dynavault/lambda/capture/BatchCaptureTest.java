// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.BaseOrder;
import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedPoint;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.lambda.host.Event;
import io.dynavault.testing.simulation.SimulatedTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches of a scripted stream with two shards, captured into a vault in memory. */
@Timeout(60)
class BatchCaptureTest {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");

  private final SimulatedTime time = new SimulatedTime(START);
  private final ObjectStore store = MemoryStore.isolated(time);
  private final Random random = new Random(7);
  private final ScriptedTable table = new ScriptedTable(time);
  private final List<CaptureEvent> heard = new ArrayList<>();
  private StopSignal stop = new StopSignal();
  private Runnable onPause = () -> {};
  private boolean pausing;

  @BeforeEach
  void createVault() {
    VaultConfig config = new VaultConfig(new UUID(1, 2), "test", START, Map.of(), "test");
    Vault.create(store, config, holder("creator"), leases());
  }

  private Holder holder(String host) {
    return Holder.of(host, 1, "test", random);
  }

  private LeaseSettings leases() {
    return new LeaseSettings(
        LeaseSettings.DEFAULT_TTL, time, time, this::sleep, ProcessProbe.system());
  }

  private Vault vault(String host) {
    return Vault.open(store, holder(host), leases());
  }

  /** Time passes when its base is made, and somebody else acts between two moments. */
  private void sleep(Duration duration) throws InterruptedException {
    Thread[] threads = new Thread[Thread.activeCount() + 16];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().equals("base-orders")) {
        threads[i].join();
      }
    }
    if (!Thread.currentThread().getName().equals(LeaseKeeper.THREAD_NAME)) {
      act();
    }
    time.sleep(duration);
  }

  private void act() {
    if (!pausing) {
      pausing = true;
      onPause.run();
      pausing = false;
    }
  }

  private CaptureRun run(String host, CaptureListener listener, StopSignal until) {
    return new CaptureRun(
        new CaptureRequest(
            table,
            vault(host),
            table,
            this::base,
            new CaptureOptions(Duration.ofSeconds(10), 1 << 20, Until.CAUGHT_UP),
            listener,
            "test"),
        new RunContext(new Timing(time, this::sleep, random), time, new Progress("orders"), until));
  }

  private ScannedPoint base(BaseOrder order, RunContext context) {
    RecoveryPointId id = RecoveryPointId.create(context.timing().clock().instant(), random);
    store.put(
        ObjectKeys.recoveryPoint(order.chain().tableName(), id.value()), "{}".getBytes(UTF_8));
    return new ScannedPoint(id, order.afterCommit(), order.restorableFrom());
  }

  private BatchCapture.Outcome capture(String... records) throws Exception {
    CommittedRecords committed =
        new CommittedRecords(
            batch(records),
            new ContinuousBackups(store),
            Duration.ZERO,
            (name, event) -> heard.add(event));
    return new BatchCapture(
            (listener, needed) -> run("function", listener, stop).runAfterOthers(needed),
            committed,
            stop,
            time)
        .run();
  }

  private static StreamBatch batch(String... records) throws IOException {
    String event = "{\"Records\":[" + String.join(",", records) + "]}";
    return StreamBatch.of(Event.read(new ByteArrayInputStream(event.getBytes(UTF_8))));
  }

  /** What another invocation, or the command, does. */
  private void captureElsewhere() {
    try {
      run("elsewhere", (name, event) -> {}, new StopSignal()).run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ChainLog chain() {
    return new ContinuousBackups(store).newest("orders").orElseThrow();
  }

  private long committed() {
    return chain().commitsFrom(1).stream().mapToLong(commit -> commit.counts().total()).sum();
  }

  private static String number(String record) {
    return record.replaceAll("(?s).*\"SequenceNumber\":\"(\\d+)\".*", "$1");
  }

  private void begin() {
    captureElsewhere();
    time.pass(Duration.ofSeconds(30));
  }

  @Test
  @Tag("G9")
  void allRecordsAreCommittedAndThoseOfOtherShards() throws Exception {
    begin();
    String first = table.put("a", "1");
    table.put("b", "2");
    String third = table.put("a", "3");
    String fourth = table.put("a", "4");

    BatchCapture.Outcome outcome = capture(first, third, fourth);

    assertThat(outcome.missing()).isEmpty();
    assertThat(outcome.failure()).isEmpty();
    assertThat(committed()).isEqualTo(4);
  }

  /** The first invocation ever makes the base, and what is in it needs no commit. */
  @Test
  void recordsFromBeforeTheFirstChainAreInItsBase() throws Exception {
    String old = table.put("a", "1");
    time.pass(Duration.ofHours(3));
    String lately = table.put("a", "2");
    time.pass(Duration.ofSeconds(2));

    assertThat(capture(old, lately).missing()).isEmpty();

    assertThat(committed()).isZero();
    assertThat(chain().bases()).hasSize(1);
  }

  @Test
  @Tag("G9")
  void theSameBatchAgainCapturesNothingAgain() throws Exception {
    begin();
    String record = table.put("a", "1");
    capture(record);
    long commits = chain().last().orElseThrow().number();
    time.pass(Duration.ofMinutes(2));

    assertThat(capture(record).missing()).isEmpty();

    assertThat(chain().last().orElseThrow().number()).isEqualTo(commits);
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void aRecordOfABatchThatCameInTheWrongOrderIsCommittedOnce() throws Exception {
    begin();
    String first = table.put("a", "1");
    String second = table.put("a", "2");

    assertThat(capture(second, second, first).missing()).isEmpty();

    assertThat(committed()).isEqualTo(2);
  }

  /** Invocations of two shards at a time: one captures for both. */
  @Test
  @Tag("G9")
  void waitsForAnotherInvocationThatCapturesItsRecords() throws Exception {
    begin();
    String mine = table.put("b", "1");
    Lease other = vault("elsewhere").leases().acquire(LeaseName.continuous("orders"));
    Instant released = time.instant().plusSeconds(5);
    onPause =
        () -> {
          if (time.instant().isAfter(released)) {
            onPause = () -> {};
            other.close();
            captureElsewhere();
          }
        };

    assertThat(capture(mine).missing()).isEmpty();

    assertThat(heard).as("nothing was captured here").isEmpty();
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  @Tag("F9")
  void takesOverFromAnInvocationThatDied() throws Exception {
    begin();
    String record = table.put("b", "1");
    assertThat(vault("elsewhere").leases().acquire(LeaseName.continuous("orders"))).isNotNull();

    assertThat(capture(record).missing()).isEmpty();
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void whenTheTimeIsOverTheFirstRecordThatIsMissingIsNamed() throws Exception {
    begin();
    String first = table.put("a", "1");
    String second = table.put("a", "2");
    String third = table.put("a", "3"); // not on the first page
    String fourth = table.put("a", "4");
    table.beforeEachPage(stop::request);

    BatchCapture.Outcome outcome = capture(first, second, third, fourth);

    assertThat(outcome.missing().orElseThrow().sequenceNumber()).isEqualTo(number(third));
    assertThat(outcome.failure()).isEmpty();
    assertThat(committed()).isEqualTo(2);
    stop = new StopSignal();
    table.beforeEachPage(() -> {});
    assertThat(capture(third, fourth).missing()).isEmpty();
    assertThat(committed()).isEqualTo(4);
  }

  @Test
  void whenTheTimeIsOverBeforeTheOtherOneIsDoneAllOfItIsTriedAgain() throws Exception {
    begin();
    String record = table.put("a", "1");
    Lease other = vault("elsewhere").leases().acquire(LeaseName.continuous("orders"));
    Instant end = time.instant().plusSeconds(200);
    onPause =
        () -> {
          other.renew();
          if (time.instant().isAfter(end)) {
            stop.request();
          }
        };

    BatchCapture.Outcome outcome = capture(record);

    assertThat(outcome.missing().orElseThrow().sequenceNumber()).isEqualTo(number(record));
    assertThat(outcome.failure()).as("another capture is no failure").isEmpty();
  }

  /** One that was frozen for longer than its lease lasts finds its place taken. */
  @Test
  @Tag("F10")
  void whereAnotherHasTakenOverItsCommitsCount() throws Exception {
    begin();
    String record = table.put("a", "1");
    table.beforeEachPage(
        () -> {
          table.beforeEachPage(() -> {});
          commitByAnother(time.instant().plusSeconds(60));
        });

    BatchCapture.Outcome outcome = capture(record);

    assertThat(outcome.missing()).isEmpty();
    assertThat(outcome.failure()).isEmpty();
    assertThat(chain().last().orElseThrow().epoch()).isEqualTo(77);
  }

  private void commitByAnother(Instant completeTo) {
    ChainLog log = chain();
    Commit last = log.last().orElseThrow();
    log.append(
        new Commit(
            last.chain(),
            last.number() + 1,
            log.writtenAt(time.instant()),
            77,
            completeTo,
            List.of(),
            last.positions(),
            ChangeCounts.NONE,
            Optional.empty()));
  }

  /** Else Lambda would try for a day what nobody can do any more. */
  @Test
  void recordsOfATableThatIsGoneAreNotWaitedFor() throws Exception {
    begin();
    String last = table.put("a", "1");
    table.exists = false;

    assertThat(capture(last).missing()).isEmpty();

    assertThat(chain().end()).isPresent();
    assertThat(committed()).isEqualTo(1);
    time.pass(Duration.ofMinutes(2));
    assertThat(capture(last).failure()).isEmpty();
  }

  @Test
  void aStreamWithoutImagesIsAFailureAndNothingIsTakenForSafe() throws Exception {
    String record = table.put("a", "1");
    table.view = "KEYS_ONLY";

    BatchCapture.Outcome outcome = capture(record);

    assertThat(outcome.missing().orElseThrow().sequenceNumber()).isEqualTo(number(record));
    assertThat(outcome.failure().orElseThrow().code()).isEqualTo(ErrorCode.STREAM_UNFIT);
  }
}
