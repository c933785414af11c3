// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.stream.StreamRefusedException;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.testing.model.ProcessSwitch.Killed;
import io.dynavault.testing.simulation.Scorecard;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A capture of which one call goes wrong, and one that goes on after it: every change is in the
 * chain once, and the table is right at every second. Of the calls a part is tried, another one
 * with each seed; {@code -Dmodel.every=1} tries all.
 */
class CaptureFaultsTest {
  private static final long SEED = Long.getLong("model.seed", 20_261_121);
  private static final int EVERY = Integer.getInteger("model.every", 16);
  private static final int MOMENTS = 3;
  private static final Scorecard SCORECARD = new Scorecard();

  /** What goes wrong. */
  enum Trouble {
    STORE_FAILS(true),
    STORE_ANSWER_IS_LOST(true),
    KILLED_BEFORE_STORE_CALL(true),
    KILLED_AFTER_STORE_CALL(true),
    STREAM_FAILS(false),
    STREAM_THROTTLES(false),
    ITERATOR_EXPIRES(false),
    KILLED_AT_STREAM_CALL(false);

    private final boolean store;

    Trouble(boolean store) {
      this.store = store;
    }

    private boolean kills() {
      return name().startsWith("KILLED");
    }
  }

  @AfterAll
  static void writeScorecard() {
    SCORECARD.set("seed", SEED).write("capture-faults");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("G5")
  @Tag("G9")
  @Tag("F13")
  void losesNothingWhicheverCallFails(Trouble trouble) throws Exception {
    int calls = callsWithout(trouble);
    int first = 1 + new Random(SEED + trouble.name().hashCode()).nextInt(EVERY);
    List<Integer> tried =
        IntStream.iterate(first, number -> number <= calls, number -> number + EVERY)
            .boxed()
            .toList();

    List<String> bad =
        tried.parallelStream()
            .map(number -> run(trouble, number))
            .filter(Objects::nonNull)
            .toList();

    SCORECARD
        .set(trouble + ".calls", calls)
        .set(trouble + ".cases", tried.size())
        .set(trouble + ".violations", bad.size());
    assertThat(calls).isGreaterThan(16);
    assertThat(bad).as("seed %d", SEED).isEmpty();
  }

  private static CapturedWorld world() {
    CapturedWorld world = new CapturedWorld(SEED, new MemoryTables());
    world.busy(1);
    return world;
  }

  private static CaptureProcess process(CapturedWorld world) {
    return new CaptureProcess(world).stopAfter(Duration.ofSeconds(25));
  }

  private static int callsWithout(Trouble trouble) throws InterruptedException {
    try (CapturedWorld world = world()) {
      CaptureProcess process = process(world);
      process.run(Until.STOPPED);
      return trouble.store ? process.storeCalls() : process.streamCalls();
    }
  }

  private static @Nullable String run(Trouble trouble, int number) {
    try (CapturedWorld world = world()) {
      capture(world, trouble, number);
      KnownHistory.catchUp(world);
      KnownHistory history = new KnownHistory(world);
      history.requireEveryChangeOnce();
      assertThat(history.chains()).as("chains").hasSize(1);
      List<Instant> moments = history.moments();
      Random random = new Random(SEED + number);
      for (int i = 0; i < MOMENTS; i++) {
        Instant moment = moments.get(random.nextInt(moments.size()));
        assertThat(history.mismatches(moment)).as("items at %s", moment).isZero();
      }
      return null;
    } catch (AssertionError | RuntimeException | InterruptedException e) {
      return trouble + " at call " + number + ": " + e;
    }
  }

  private static void capture(CapturedWorld world, Trouble trouble, int number)
      throws InterruptedException {
    CaptureProcess process = process(world);
    switch (trouble) {
      case STORE_FAILS ->
          process.withStoreFaults(Faults.at(number, Fault.fail(ErrorCode.STORE_FAILED)));
      case STORE_ANSWER_IS_LOST -> process.withStoreFaults(Faults.at(number, Fault.loseAnswer()));
      case KILLED_BEFORE_STORE_CALL ->
          process.withStoreFaults(CaptureStory.killBefore(process, number));
      case KILLED_AFTER_STORE_CALL ->
          process.withStoreFaults(CaptureStory.killAfter(process, number));
      default ->
          process.onStreamCall(
              call -> {
                if (call == number) {
                  streamTrouble(process, trouble);
                }
              });
    }
    try {
      process.run(Until.STOPPED);
    } catch (Killed e) {
      assertThat(trouble.kills()).isTrue();
    } catch (DynavaultException e) {
      assertThat(e.code()).as(e.getMessage()).isNotEqualTo(ErrorCode.BUG);
    }
  }

  private static void streamTrouble(CaptureProcess process, Trouble trouble) {
    switch (trouble) {
      case STREAM_FAILS ->
          throw new DynavaultException(
              ErrorCode.SERVICE_UNAVAILABLE, "unable to connect: injected");
      case STREAM_THROTTLES -> throw new ThrottledException("injected");
      case ITERATOR_EXPIRES ->
          throw new StreamRefusedException(
              StreamRefusedException.Reason.EXPIRED_ITERATOR, "injected");
      default -> process.power().kill();
    }
  }
}
