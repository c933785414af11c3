// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CapturedTable;
import io.dynavault.core.capture.TableState;
import io.dynavault.core.capture.TableStream;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.testing.simulation.SimulatedTime;
import io.dynavault.testing.stream.ScriptedStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table that is written while time passes, its streams, a vault, and what is known of them. Time
 * passes when a process waits, in steps of half a second, and with each step something is written.
 * DynamoDB's clock goes on whatever becomes of the machine's.
 */
final class CapturedWorld implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-03-28T22:59:30Z");
  private static final long STEP = 500_000_000L;

  private final Random random;
  private final SimulatedTime time = new SimulatedTime(START);
  private final InstantSource dynamoDbClock = () -> START.plusNanos(time.nanos());
  private final MemoryStore store = MemoryStore.isolated(dynamoDbClock);
  private final ServedTable table;
  private final TableStreams streams = new TableStreams();
  private final KnownItems known = new KnownItems();
  private final Workload workload;
  private final List<Recorded> recorded = new ArrayList<>();
  private final Deque<OnItsWay> onTheirWay = new ArrayDeque<>();
  private final TreeMap<Long, List<Runnable>> planned = new TreeMap<>();
  private @Nullable ScriptedStream stream;
  private String streamArn = "";
  private String definitionId = "";
  private int mostRequests = 3;
  private long longestDelay = 2 * STEP;
  private boolean splits = true;

  /** A change that a stream has, or will have. */
  record Recorded(String streamArn, String sequenceNumber, Instant time, Change change) {}

  private record OnItsWay(long visibleNanos, Instant time, Change change) {}

  /** A world with a table that has items and no stream. */
  CapturedWorld(long seed, ServedTable table) {
    random = new Random(seed);
    this.table = table;
    workload = new Workload(table.name(), random);
    table.create();
    for (int i = 0; i < 20; i++) {
      write();
    }
    VaultConfig config = new VaultConfig(new UUID(1, 2), "known", START, Map.of(), "test");
    Vault.create(store, config, Holder.of("host", 1, "setup", random), leases());
  }

  SimulatedTime time() {
    return time;
  }

  InstantSource dynamoDbClock() {
    return dynamoDbClock;
  }

  Random random() {
    return random;
  }

  MemoryStore store() {
    return store;
  }

  ServedTable table() {
    return table;
  }

  TableStreams streams() {
    return streams;
  }

  KnownItems known() {
    return known;
  }

  synchronized List<Recorded> recorded() {
    return List.copyOf(recorded);
  }

  /** The stream that is on. */
  synchronized ScriptedStream stream() {
    return requireNonNull(stream, "no stream is on");
  }

  /** How many requests are made in each half of a second at most. */
  synchronized void busy(int requests) {
    mostRequests = requests;
  }

  /** How long a record may be on its way to the stream. */
  synchronized void delay(Duration longest) {
    longestDelay = longest.toNanos();
  }

  /** Shards are not split any more. */
  synchronized void keepShards() {
    splits = false;
  }

  Timing timing() {
    return new Timing(time, this::sleep, random);
  }

  /** Nobody is known to be dead, as between machines: what a process leaves behind runs out. */
  LeaseSettings leases() {
    return new LeaseSettings(
        LeaseSettings.DEFAULT_TTL, time, time, this::sleep, ProcessProbe.none());
  }

  private void sleep(Duration duration) throws InterruptedException {
    if (Thread.currentThread().getName().equals(LeaseKeeper.THREAD_NAME)) {
      time.sleep(duration);
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before sleeping");
    }
    pass(duration);
  }

  /** Lets time pass, with all that happens meanwhile. */
  synchronized void pass(Duration duration) {
    long end = time.nanos() + duration.toNanos();
    for (long next = (time.nanos() / STEP + 1) * STEP; next <= end; next += STEP) {
      time.pass(Duration.ofNanos(next - time.nanos()));
      step();
    }
    time.pass(Duration.ofNanos(Math.max(0, end - time.nanos())));
  }

  /** Does something when so much time has passed. */
  synchronized void after(Duration duration, Runnable action) {
    long when = time.nanos() + duration.toNanos();
    planned.computeIfAbsent(when, nanos -> new ArrayList<>()).add(action);
  }

  private void step() {
    while (!planned.isEmpty() && planned.firstKey() <= time.nanos()) {
      planned.pollFirstEntry().getValue().forEach(Runnable::run);
    }
    arrive();
    for (int i = mostRequests == 0 ? 0 : random.nextInt(mostRequests + 1); i > 0; i--) {
      write();
    }
    if (splits && stream != null && random.nextInt(40) == 0) {
      List<String> open = stream.openShards();
      String shard = open.get(random.nextInt(open.size()));
      if (open.size() < 5 && random.nextBoolean()) {
        stream.split(shard);
      } else {
        stream.rollOver(shard);
      }
    }
  }

  /** Makes requests whose records are on their way for so long. */
  synchronized void writeSlowly(int requests, Duration delay) {
    for (int i = 0; i < requests; i++) {
      write(delay.toNanos());
    }
  }

  /** Makes one request. */
  private void write() {
    write(random.nextInt(3) > 0 ? 0 : (long) (random.nextDouble() * longestDelay));
  }

  private void write(long delay) {
    WriteRequest request = workload.next(known.now());
    Instant now = dynamoDbClock.instant();
    for (Change change : table.write(request)) {
      known.change(now, change.key(), change.after());
      if (stream != null) {
        onTheirWay.add(new OnItsWay(time.nanos() + delay, now, change));
      }
    }
    arrive();
  }

  /** Records come in the order of their changes: a slow one holds up those behind it. */
  private void arrive() {
    while (!onTheirWay.isEmpty() && onTheirWay.peek().visibleNanos() <= time.nanos()) {
      OnItsWay one = onTheirWay.remove();
      Change change = one.change();
      String number =
          stream()
              .relay(change.key(), change.before(), change.after(), one.time(), change.expiry());
      recorded.add(new Recorded(streamArn, number, one.time(), change));
    }
  }

  /** The table as captures see it. */
  CapturedTable captured(ProcessSwitch process) {
    return new CapturedTable() {
      @Override
      public String name() {
        return table.name();
      }

      @Override
      public Optional<TableState> state() {
        process.pass();
        return CapturedWorld.this.state();
      }

      @Override
      public TableDefinition definition() {
        process.pass();
        return new TableDescriber(table.clients()).describe(table.name()).definition();
      }

      @Override
      public void enableStream() {
        process.pass();
        switchOn();
      }
    };
  }

  private synchronized Optional<TableState> state() {
    if (definitionId.equals("none")) {
      return Optional.empty();
    }
    if (definitionId.isEmpty()) {
      definitionId =
          new TableDescriber(table.clients()).describe(table.name()).definition().tableId();
    }
    return Optional.of(
        new TableState(
            definitionId,
            stream == null
                ? Optional.empty()
                : Optional.of(new TableStream(streamArn, "NEW_AND_OLD_IMAGES"))));
  }

  /** Switches a new stream on. */
  synchronized void switchOn() {
    streamArn =
        "arn:aws:dynamodb:us-east-1:000000000000:table/%s/stream/%s"
            .formatted(table.name(), dynamoDbClock.instant());
    stream = ScriptedStream.ofAws(streamArn, dynamoDbClock);
    stream.pageSize(8 + random.nextInt(40));
    stream.repeatRecords(random.nextInt(3));
    stream.emptyPages(random.nextInt(3));
    streams.add(streamArn, stream);
  }

  /** Switches the stream off; it can still be read. */
  synchronized void switchOff() {
    flush();
    stream().disable();
    stream = null;
  }

  /** Deletes the table with all its items. */
  synchronized void dropTable() {
    if (stream != null) {
      switchOff();
    }
    table.drop();
    known.clear(dynamoDbClock.instant());
    definitionId = "none";
    mostRequests = 0;
  }

  /** Creates it again, without items. */
  synchronized void createTable() {
    table.create();
    definitionId = "";
    mostRequests = 3;
  }

  /** A day passes in which nothing is written, and at its end the stream has nothing any more. */
  synchronized void passADay() {
    int busy = mostRequests;
    mostRequests = 0;
    pass(Duration.ofSeconds(4));
    time.pass(Duration.ofHours(25));
    ScriptedStream old = stream();
    old.trimAll();
    mostRequests = busy;
  }

  /** A shard is gone with all its records, and others take its place. */
  synchronized void loseShard(String shard) {
    flush();
    stream().rollOver(shard);
    stream().forget(shard);
  }

  /** All records that are on their way arrive. */
  synchronized void flush() {
    List<OnItsWay> rest = new ArrayList<>(onTheirWay);
    onTheirWay.clear();
    rest.forEach(one -> onTheirWay.add(new OnItsWay(0, one.time(), one.change())));
    arrive();
  }

  @Override
  public void close() {
    table.close();
  }
}
