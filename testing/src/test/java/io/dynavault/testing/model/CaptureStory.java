// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.model.ProcessSwitch.Killed;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A table that is captured by one process after the other: most of them die, some are frozen and
 * replaced, clocks jump between them, and sometimes changes are lost for good.
 */
final class CaptureStory {
  private final CapturedWorld world;
  private final Random random;
  private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
  private final List<Loss> losses = new ArrayList<>();

  /** How a process ends. */
  enum Fate {
    STOPPED,
    KILLED_BEFORE_A_STORE_CALL,
    KILLED_AFTER_A_STORE_CALL,
    KILLED_AT_A_STREAM_CALL,
    FROZEN_AND_REPLACED
  }

  /** How changes are lost. */
  enum Loss {
    STREAM_REPLACED,
    STREAM_OFF,
    TABLE_RECREATED,
    TRIMMED,
    SHARD_LOST
  }

  CaptureStory(CapturedWorld world) {
    this.world = world;
    this.random = world.random();
  }

  Map<Fate, Integer> fates() {
    return fates;
  }

  List<Loss> losses() {
    return losses;
  }

  /** Lets processes come and go; ends with one that has caught up. */
  void play(int lives, Optional<Loss> loss) throws InterruptedException {
    for (int life = 0; life < lives; life++) {
      if (random.nextInt(3) == 0) {
        world.time().jump(Duration.ofSeconds(random.nextInt(1200) - 600));
      }
      live(Fate.values()[random.nextInt(Fate.values().length)]);
      world.pass(Duration.ofSeconds(random.nextInt(12)));
      if (life == lives / 2 && loss.isPresent() && !chains().isEmpty()) {
        lose(loss.get());
      }
    }
    KnownHistory.catchUp(world);
  }

  private List<ChainLog> chains() {
    return new ContinuousBackups(world.store()).chains(world.table().name());
  }

  private void live(Fate fate) throws InterruptedException {
    fates.merge(fate, 1, Integer::sum);
    CaptureProcess process = new CaptureProcess(world);
    process.stopAfter(Duration.ofSeconds(60 + random.nextInt(25)));
    int last = 20 + random.nextInt(120);
    switch (fate) {
      case STOPPED -> {}
      case KILLED_BEFORE_A_STORE_CALL -> process.withStoreFaults(killBefore(process, last));
      case KILLED_AFTER_A_STORE_CALL -> process.withStoreFaults(killAfter(process, last));
      case KILLED_AT_A_STREAM_CALL ->
          process.onStreamCall(
              number -> {
                if (number == last) {
                  process.power().kill();
                }
              });
      case FROZEN_AND_REPLACED ->
          process.withStoreFaults(Faults.at(last, Fault.before(() -> replace(process).join())));
    }
    try {
      process.run(Until.STOPPED);
    } catch (Killed e) {
      assertThat(fate).isNotIn(Fate.STOPPED, Fate.FROZEN_AND_REPLACED);
    } catch (DynavaultException e) {
      if (fate != Fate.KILLED_AFTER_A_STORE_CALL) { // of which the lost answer may be the last
        assertThat(e.code()).as(fate + ": " + e.getMessage()).isEqualTo(ErrorCode.LEASE_LOST);
      }
    }
  }

  static Faults killBefore(CaptureProcess process, int number) {
    return call -> {
      if (call.number() >= number) {
        process.power().kill();
      }
      return Optional.empty();
    };
  }

  /** The call is made, and nobody hears how it went. */
  static Faults killAfter(CaptureProcess process, int number) {
    return call -> {
      if (call.number() > number) {
        process.power().kill();
      }
      return call.number() == number ? Optional.of(Fault.loseAnswer()) : Optional.empty();
    };
  }

  /**
   * The process sleeps while its lease runs out and another one does its work, on a thread of its
   * own: the call may be one of the thread that keeps the lease, which waits for time to pass.
   */
  private CompletableFuture<Void> replace(CaptureProcess sleeper) {
    return CompletableFuture.runAsync(
        () -> replaceNow(sleeper), task -> new Thread(task, "replacement").start());
  }

  private void replaceNow(CaptureProcess sleeper) {
    sleeper.power().freeze();
    try {
      world.pass(Duration.ofSeconds(60));
      new CaptureProcess(world)
          .stopAfter(Duration.ofSeconds(20 + random.nextInt(20)))
          .run(Until.STOPPED);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      sleeper.power().wake();
    }
  }

  private void lose(Loss loss) throws InterruptedException {
    losses.add(loss);
    new CaptureProcess(world).stopAfter(Duration.ofSeconds(30)).run(Until.STOPPED);
    switch (loss) {
      case STREAM_REPLACED -> {
        world.switchOff();
        world.pass(Duration.ofSeconds(8));
        world.switchOn();
      }
      case STREAM_OFF -> world.switchOff();
      case TABLE_RECREATED -> {
        world.dropTable();
        world.pass(Duration.ofSeconds(5));
        world.createTable();
      }
      case TRIMMED -> {
        world.pass(Duration.ofSeconds(5));
        world.passADay();
      }
      case SHARD_LOST -> {
        world.keepShards();
        world.pass(Duration.ofSeconds(5));
        world.stream().openShards().forEach(world::loseShard);
      }
    }
    world.pass(Duration.ofSeconds(6));
  }
}
