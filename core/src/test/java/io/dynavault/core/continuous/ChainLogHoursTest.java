// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The indexes of hours, whatever clocks and other captures do. */
class ChainLogHoursTest {
  @Test
  void aCommitThatComesToAnHourAfterItsIndexIsRead() {
    TestingLog testing = new TestingLog();
    ChainLog slow = testing.on(testing.memory);
    for (int number = 1; number <= 3; number++) {
      slow.append(testing.commit(number, number * 60L));
    }
    // The fast one has indexed hour 9, and loses number 4 to the slow one, which is still in it.
    AtomicInteger interruptions = new AtomicInteger();
    Commit late = TestingLog.commit(4, 300, 1, testing.file("late", START));
    ObjectStore racing =
        new BeforeCommit(
            testing.memory,
            () -> {
              if (interruptions.getAndIncrement() == 0) {
                assertThat(slow.append(late)).isTrue();
              }
            });
    assertThat(testing.on(racing).append(testing.commit(4, 3600))).isFalse();
    slow.append(testing.commit(5, 360));
    slow.append(testing.commit(6, 3600));
    slow.append(testing.commit(7, 7200));

    ChainLog read = testing.on(testing.memory);
    assertThat(new CommitObjects(testing.memory, read.chain()).hour(START).orElseThrow())
        .hasSize(3);
    assertThat(read.commitsFrom(1))
        .extracting(Commit::number)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(read.commits(4, 4)).containsExactly(late);
    assertThat(read.firstCompleteTo(START.plusSeconds(290)).map(Commit::number)).contains(4L);
    assertThat(read.last().orElseThrow().number()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void hoursNeverRunBackwardsWhateverTheClockDoes(long seed) {
    Random random = new Random(seed);
    TestingLog testing = new TestingLog();
    ChainLog log = testing.on(testing.memory);
    Instant clock = START;
    Instant completeTo = START;
    for (int number = 1; number <= 150; number++) {
      clock = clock.plusSeconds(random.nextInt(900));
      if (random.nextInt(10) == 0) {
        clock = clock.plus(Duration.ofHours(random.nextInt(60) - 30));
      }
      if (random.nextInt(20) == 0) {
        log = testing.on(testing.memory); // another process takes over
      }
      completeTo = completeTo.plusSeconds(random.nextInt(30));
      Commit commit =
          new Commit(
              TestingLog.ID,
              number,
              log.writtenAt(clock),
              1,
              completeTo,
              List.of(),
              TestingLog.chain("orders").positions(),
              ChangeCounts.NONE,
              Optional.empty());
      assertThat(log.append(commit)).as("seed %d, commit %d", seed, number).isTrue();
    }
    List<Commit> commits = testing.on(testing.memory).commitsFrom(1);
    assertThat(commits).hasSize(150);
    assertThat(commits).extracting(Commit::hour).isSorted();
  }

  /** A capture that goes on must not have to remember all commits of years. */
  @Test
  void lostIndexesAreWrittenAgainBeforeTheFirstCommit() {
    TestingLog testing = new TestingLog();
    testing.append(10, 900); // 9:45, 10:00 and so on until 12:00
    List<Instant> hours = testing.log.hours();
    assertThat(hours).hasSize(3);
    List<List<Commit>> before =
        hours.stream().map(hour -> testing.log.hour(hour).orElseThrow()).toList();
    hours.forEach(hour -> testing.memory.delete(testing.log.chain().keys().hour(hour)));

    ChainLog another = testing.on(testing.memory);
    another.requireTail();

    assertThat(another.hours()).isEqualTo(hours);
    assertThat(hours.stream().map(hour -> another.hour(hour).orElseThrow()).toList())
        .isEqualTo(before);
    assertThat(another.append(testing.commit(11, 9900))).isTrue();
    assertThat(another.commitsFrom(1)).hasSize(11);
  }

  @Test
  void anHourThatDoesNotEndIsEnded() {
    TestingLog testing = new TestingLog();
    ChainLog log = testing.on(testing.memory);
    Commit commit = null;
    for (int number = 1; number <= ChainTail.MAX_PER_HOUR + 1; number++) {
      commit =
          new Commit(
              TestingLog.ID,
              number,
              log.writtenAt(START), // a clock that stands still
              1,
              START,
              List.of(),
              TestingLog.chain("orders").positions(),
              ChangeCounts.NONE,
              Optional.empty());
      log.append(commit);
    }
    assertThat(commit.written()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(testing.on(testing.memory).last()).contains(commit);
  }

  /** Lets something happen before a commit is put. */
  private static final class BeforeCommit extends ForwardingStore {
    private final Runnable action;

    BeforeCommit(ObjectStore store, Runnable action) {
      super(store);
      this.action = action;
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
      if (key.contains("/commits/")) {
        action.run();
      }
      return super.putIfAbsent(key, content);
    }
  }
}
