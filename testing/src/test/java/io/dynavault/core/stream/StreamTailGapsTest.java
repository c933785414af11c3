// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.testing.simulation.SimulatedTime;
import io.dynavault.testing.stream.ScriptedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a stream has lost is told, and what it lists late is waited for. */
@Tag("F13")
class StreamTailGapsTest {
  private static final Instant START = Instant.parse("2026-11-21T10:15:30Z");

  private final SimulatedTime time = new SimulatedTime(START);
  private final ScriptedStream stream = ScriptedStream.ofAws(time);
  private final ReadChanges read = new ReadChanges();

  private StreamTail begin() throws InterruptedException {
    return StreamTail.begin(stream, ScriptedStream.ARN, ReadChanges.settings(time, 4));
  }

  private StreamTail resume(StreamTail before) {
    return resume(before.positions(), before.completeTo());
  }

  private StreamTail resume(Map<String, ShardPosition> positions, Instant completeTo) {
    return StreamTail.resume(
        stream, ScriptedStream.ARN, positions, completeTo, ReadChanges.settings(time, 4));
  }

  private void poll(StreamTail tail, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      tail.poll(read);
    }
  }

  private void pollUntilRead(StreamTail tail) throws InterruptedException {
    for (int i = 0; i < 300 && read.numbers().size() < stream.changes().size(); i++) {
      tail.poll(read);
    }
  }

  private void pollFor(StreamTail tail, Duration duration) throws InterruptedException {
    Instant end = time.instant().plus(duration);
    while (time.instant().isBefore(end)) {
      tail.poll(read);
    }
  }

  @Test
  void recordsThatWereTrimmedAreAGap() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    stream.put("a", "2");
    stream.put("a", "3");
    time.pass(Duration.ofHours(25));
    stream.trim(stream.shardFor("a"), 2);
    StreamTail next = resume(tail);
    StreamGapException gap = catchThrowableOfType(StreamGapException.class, () -> poll(next, 20));
    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.TRIMMED);
    assertThat(gap).hasMessageContaining(ScriptedStream.ARN).hasMessageContaining("24 hours");
    assertThat(read.lines()).as("nothing behind a gap").containsExactly("INSERT a null 1");
  }

  @Test
  void trimmingWhatWasReadIsNoGap() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    for (int hours = 0; hours < 25; hours++) {
      time.pass(Duration.ofMinutes(59));
      pollFor(tail, Duration.ofMinutes(1));
    }
    stream.trim(stream.shardFor("a"), 1);
    StreamTail next = resume(tail);
    stream.put("a", "2");
    pollUntilRead(next);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2");
  }

  @Test
  void aDayWithoutReadingIsAGapAlthoughNothingSaysSo() throws InterruptedException {
    StreamTail tail = begin();
    time.pass(Duration.ofHours(25));
    StreamTail next = resume(tail);
    assertThat(catchThrowableOfType(StreamGapException.class, () -> poll(next, 3)).reason())
        .isEqualTo(StreamGapException.Reason.TRIMMED);
  }

  @Test
  void aStreamThatIsTrimmedFasterThanItIsReadIsAGap() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    time.pass(Duration.ofHours(25));
    AtomicInteger refusals = new AtomicInteger();
    stream.onCall(
        (number, operation) -> {
          if (operation.equals("GetRecords")) {
            refusals.incrementAndGet();
            throw new StreamRefusedException(StreamRefusedException.Reason.TRIMMED, "trimmed");
          }
        });
    StreamTail next = resume(tail);
    StreamGapException gap = catchThrowableOfType(StreamGapException.class, () -> poll(next, 100));
    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.TRIMMED);
    assertThat(refusals.get()).as("not at once, and not for ever").isBetween(3, 30);
  }

  @Test
  void aPauseOfLessThanADayIsNone() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    stream.rollOver(stream.shardFor("a"));
    time.pass(Duration.ofHours(23));
    stream.put("a", "2");
    StreamTail next = resume(tail);
    pollUntilRead(next);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2");
  }

  @Test
  void aShardThatVanishedUnreadIsAGap() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    String root = stream.shardFor("a");
    stream.put("a", "2");
    stream.rollOver(root);
    stream.forget(root);
    StreamGapException gap = catchThrowableOfType(StreamGapException.class, () -> poll(tail, 5));
    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.SHARD_LOST);
    assertThat(gap.detail()).contains(root);
  }

  @Test
  void anUnreadShardBetweenTwoThatAreKnownIsAGap() throws InterruptedException {
    StreamTail tail = begin();
    String root = stream.shardFor("a");
    stream.put("a", "1");
    pollUntilRead(tail);
    String middle = stream.rollOver(root);
    String last = stream.rollOver(middle);
    stream.forget(root);
    stream.forget(middle);
    stream.put("a", "2");
    time.pass(Duration.ofHours(30));
    Map<String, ShardPosition> positions = Map.of(root, ShardPosition.closed(Optional.empty()));
    StreamTail next = resume(positions, tail.completeTo());
    StreamGapException gap = catchThrowableOfType(StreamGapException.class, () -> poll(next, 300));
    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.SHARD_LOST);
    assertThat(gap.detail()).contains(middle).contains(last);
  }

  /** What it had was not old enough to be trimmed: that nobody was away for long does not help. */
  @Test
  @Tag("G8")
  void aYoungShardThatVanishedBeforeAnybodySawItIsAGap() throws InterruptedException {
    StreamTail tail = begin();
    String root = stream.shardFor("a");
    stream.put("a", "1");
    pollUntilRead(tail);
    Instant completeTo = tail.completeTo();
    String middle = stream.rollOver(root);
    stream.put("a", "2");
    String last = stream.rollOver(middle);
    stream.forget(middle);
    stream.put("a", "3");
    StreamTail next = resume(tail);

    StreamGapException gap =
        catchThrowableOfType(StreamGapException.class, () -> pollFor(next, Duration.ofMinutes(3)));

    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.SHARD_LOST);
    assertThat(gap.detail()).contains(middle).contains(last);
    assertThat(next.completeTo()).isBetween(completeTo, time.instant().minusSeconds(60));
    assertThat(read.lines()).as("nothing behind a gap").containsExactly("INSERT a null 1");
  }

  /** Listings lag: a shard is listed, and its own child, before its parent is. */
  @Test
  void aLineWhoseBeginningIsNotListedYetWaitsForIt() throws InterruptedException {
    StreamTail tail = begin();
    String first = stream.rollOver(stream.shardFor("a"));
    stream.hide(first, Duration.ofSeconds(20));
    stream.put("a", "1");
    String second = stream.rollOver(first);
    stream.put("a", "2");
    stream.rollOver(second);
    stream.put("a", "3");

    pollUntilRead(tail);

    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2", "MODIFY a 2 3");
  }

  @Test
  void aRootWhoseParentIsLongGoneIsRead() throws InterruptedException {
    String root = stream.openShards().get(0);
    String child = stream.rollOver(root);
    stream.forget(root);
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
    assertThat(tail.positions().get(child).parent()).contains(root);
  }

  @Test
  void waitsForAParentThatIsListedLate() throws InterruptedException {
    StreamTail tail = begin();
    String middle = stream.rollOver(stream.shardFor("a"));
    stream.put("a", "1");
    stream.rollOver(middle);
    stream.put("a", "2");
    stream.hide(middle, Duration.ofSeconds(5));
    pollUntilRead(tail);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2");
  }

  @Test
  void forgetsShardsThatTheStreamHasForgotten() throws InterruptedException {
    StreamTail tail = begin();
    String root = stream.openShards().get(0);
    String child = stream.rollOver(root);
    pollFor(tail, Duration.ofSeconds(40));
    assertThat(tail.positions()).containsOnlyKeys(root, child);
    stream.forget(root);
    pollFor(tail, Duration.ofMinutes(62));
    assertThat(tail.positions()).containsOnlyKeys(child);
  }

  @Test
  void reportsAStreamThatWasSwitchedOffWhenItIsRead() throws InterruptedException {
    StreamTail tail = begin();
    stream.pageSize(1);
    stream.put("a", "1");
    stream.put("a", "2");
    time.pass(Duration.ofSeconds(5));
    tail.poll(read);
    stream.disable();
    stream.put("a", "3");
    StreamGapException gap =
        catchThrowableOfType(StreamGapException.class, () -> pollFor(tail, Duration.ofMinutes(2)));
    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.STREAM_DISABLED);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2");
    assertThat(tail.completeTo()).isBeforeOrEqualTo(START.plusSeconds(5));
  }

  @Test
  void reportsAStreamThatIsGone() throws InterruptedException {
    StreamTail tail = begin();
    tail.poll(read);
    stream.drop();
    assertThat(catchThrowableOfType(StreamGapException.class, () -> poll(tail, 3)).reason())
        .isEqualTo(StreamGapException.Reason.STREAM_GONE);
    StreamTail next = resume(tail);
    assertThat(catchThrowableOfType(StreamGapException.class, () -> poll(next, 3)).reason())
        .isEqualTo(StreamGapException.Reason.STREAM_GONE);
  }
}
