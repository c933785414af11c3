// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a chain when stores, clocks and other processes do their worst. */
class ChainLogFaultsTest {
  private static final int COMMITS = 12;

  /** Eleven minutes: hours end between them. */
  private static final long INTERVAL = 660;

  private enum Fault {
    /** The call does nothing and fails. */
    BEFORE,
    /** The call does what it is asked for, and its answer is lost. */
    AFTER
  }

  /** The process dies at every call that it makes, and another one goes on from what it finds. */
  @ParameterizedTest
  @EnumSource
  void whoTakesOverAfterAnyFailureGoesOnWithoutGapOrDouble(Fault fault) {
    int calls = callsOfAWholeRun();
    assertThat(calls).isGreaterThan(2 * COMMITS);
    for (int at = 1; at <= calls; at++) {
      TestingLog testing = new TestingLog();
      FailingStore store = new FailingStore(testing.memory, at, fault);
      long acknowledged = run(testing, store, 1);

      long last = testing.on(testing.memory).last().map(Commit::number).orElse(0L);
      assertThat(last).as("call %d", at).isBetween(acknowledged, acknowledged + 1);
      run(testing, testing.memory, 2);

      assertWhole(testing);
    }
  }

  /** The process lives, and appends the same commit until there is an answer. */
  @ParameterizedTest
  @EnumSource
  void whoAppendsTheSameCommitAgainLosesNothing(Fault fault) {
    int calls = callsOfAWholeRun();
    for (int at = 1; at <= calls; at++) {
      TestingLog testing = new TestingLog();
      appendPersistently(testing, new FailingStore(testing.memory, at, fault));
      assertWhole(testing);
    }
  }

  private static void appendPersistently(TestingLog testing, FailingStore store) {
    ChainLog log = openAgain(testing, store);
    for (int number = 1; number <= COMMITS; number++) {
      Commit commit = testing.commit(number, number * INTERVAL);
      boolean appended;
      try {
        appended = log.append(commit);
      } catch (DynavaultException e) {
        appended = log.append(commit);
      }
      assertThat(appended).as("commit %d, failing call %d", number, store.at).isTrue();
    }
  }

  private static ChainLog openAgain(TestingLog testing, FailingStore store) {
    try {
      return testing.on(store);
    } catch (DynavaultException e) {
      return testing.on(store);
    }
  }

  /** Appends what is missing, until the store fails; returns the last number that was confirmed. */
  private static long run(TestingLog testing, ObjectStore store, long epoch) {
    long acknowledged = 0;
    try {
      ChainLog log = testing.on(store);
      long last = log.last().map(Commit::number).orElse(0L);
      for (long number = last + 1; number <= COMMITS; number++) {
        Instant time = START.plusSeconds(number * INTERVAL);
        ChangeFile file = testing.file("f" + number + "-" + epoch, time);
        if (!log.append(TestingLog.commit(number, number * INTERVAL, epoch, file))) {
          throw new AssertionError("number taken, with nobody there to take it: " + number);
        }
        acknowledged = number;
      }
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }
    return acknowledged;
  }

  private static int callsOfAWholeRun() {
    TestingLog testing = new TestingLog();
    FailingStore store = new FailingStore(testing.memory, Integer.MAX_VALUE, Fault.BEFORE);
    assertThat(run(testing, store, 1)).isEqualTo(COMMITS);
    return store.calls.get();
  }

  /** Twelve commits, each file in one of them, and an index of every hour that has ended. */
  private static void assertWhole(TestingLog testing) {
    ChainLog log = testing.on(testing.memory);
    List<Commit> commits = log.commitsFrom(1);
    assertThat(commits)
        .extracting(Commit::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, COMMITS).boxed().toList());
    assertThat(commits.stream().flatMap(commit -> commit.files().stream()).map(ChangeFile::key))
        .hasSize(COMMITS)
        .doesNotHaveDuplicates();
    CommitObjects objects = new CommitObjects(testing.memory, log.chain());
    List<Instant> hours = commits.stream().map(Commit::hour).distinct().toList();
    assertThat(objects.hours()).containsExactlyElementsOf(hours.subList(0, hours.size() - 1));
    for (Instant hour : objects.hours()) {
      assertThat(objects.hour(hour).orElseThrow())
          .containsExactlyElementsOf(
              commits.stream().filter(commit -> commit.hour().equals(hour)).toList());
    }
  }

  @Test
  void ofTwoWritersEachNumberIsOfOne() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < 200; round++) {
      TestingLog testing = new TestingLog();
      List<ChainLog> writers = List.of(testing.on(testing.memory), testing.on(testing.memory));
      boolean[] lost = new boolean[2];
      List<Commit> appended = new ArrayList<>();
      long[] next = {1, 1};
      while (!(lost[0] && lost[1]) && appended.size() < 10) {
        int who = random.nextInt(2);
        if (lost[who]) {
          continue;
        }
        long number = next[who]++;
        Instant time = START.plusSeconds(number * INTERVAL);
        ChangeFile file = testing.file("f" + number + "-" + who, time);
        Commit commit = TestingLog.commit(number, number * INTERVAL, who + 1, file);
        if (writers.get(who).append(commit)) {
          appended.add(commit);
        } else {
          lost[who] = true;
        }
      }
      assertThat(testing.on(testing.memory).commitsFrom(1))
          .as("round %d", round)
          .containsExactlyElementsOf(appended);
    }
  }

  @Test
  void aStoreThatLetsNothingBeReplacedIsEnough() {
    TestingLog testing = new TestingLog();
    WriteOnceStore store = new WriteOnceStore(testing.memory);
    ChainLog log = testing.on(store);
    for (int number = 1; number <= COMMITS; number++) {
      log.append(testing.commit(number, number * INTERVAL));
    }
    log.add(
        new Base(
            TestingLog.ID,
            new RecoveryPointId("01795253800000-0a1b2c3d"),
            0,
            Optional.empty(),
            4,
            START));
    log.end(new ChainEnd(TestingLog.ID, ChainEnd.Reason.REPLACED, "anew", START, START));

    assertWhole(testing);
    assertThat(testing.on(store).bases()).hasSize(1);
    assertThat(testing.on(store).end()).isPresent();
  }

  @Test
  void aFailureOfTheStoreIsNotTakenForAnEmptyChain() {
    TestingLog testing = new TestingLog();
    testing.append(COMMITS, INTERVAL);
    for (int at = 2; at < 12; at++) {
      FailingStore store = new FailingStore(testing.memory, at, Fault.BEFORE);
      ChainLog log = testing.on(store);
      try {
        assertThat(log.last().orElseThrow().number()).isEqualTo(COMMITS);
      } catch (DynavaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
      }
    }
    assertThatThrownBy(
            () -> new ContinuousBackups(new FailingStore(testing.memory, 1, Fault.BEFORE)).tables())
        .isInstanceOf(DynavaultException.class);
  }

  /** Fails once, at the call with a number. */
  private static final class FailingStore extends ForwardingStore {
    private final AtomicInteger calls = new AtomicInteger();
    private final int at;
    private final Fault fault;

    FailingStore(ObjectStore store, int at, Fault fault) {
      super(store);
      this.at = at;
      this.fault = fault;
    }

    private <T> T call(Supplier<T> call) {
      boolean fails = calls.incrementAndGet() == at;
      if (fails && fault == Fault.BEFORE) {
        throw failure();
      }
      T result = call.get();
      if (fails) {
        throw failure();
      }
      return result;
    }

    private static DynavaultException failure() {
      return new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the store does not answer");
    }

    @Override
    public Optional<ObjectInfo> stat(String key) {
      return call(() -> super.stat(key));
    }

    @Override
    public ObjectDownload read(String key) {
      return call(() -> super.read(key));
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
      return call(() -> super.putIfAbsent(key, content));
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> consumer) {
      call(
          () -> {
            super.list(prefix, consumer);
            return true;
          });
    }
  }

  /** A bucket with object lock, whose objects can be neither replaced nor deleted. */
  private static final class WriteOnceStore extends ForwardingStore {
    WriteOnceStore(MemoryStore store) {
      super(store);
    }

    @Override
    public ObjectInfo put(String key, byte[] content) {
      return super.putIfAbsent(key, content).orElseThrow(WriteOnceStore::refused);
    }

    @Override
    public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
      throw refused();
    }

    @Override
    public ObjectUpload upload(String key) {
      throw refused();
    }

    @Override
    public void delete(String key) {
      throw refused();
    }

    private static AssertionError refused() {
      return new AssertionError("an object was to be replaced or deleted");
    }
  }
}
