// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.stream.ShardPosition.Kind;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.testing.simulation.SimulatedTime;
import io.dynavault.testing.stream.ScriptedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F13")
class StreamTailTest {
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
  void handsOnWhatIsWrittenAfterItBegan() throws InterruptedException {
    stream.put("early", "1");
    StreamTail tail = begin();
    stream.put("a", "1");
    stream.put("a", "2");
    stream.delete("a");
    pollUntilRead(tail);
    poll(tail, 3);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2", "REMOVE a 2 null");
  }

  @Test
  void beginsWithTheServersTimeAndPositionsThatMissNothing() throws InterruptedException {
    String first = stream.openShards().get(0);
    String second = stream.rollOver(first);
    StreamTail tail = begin();
    assertThat(tail.completeTo()).isEqualTo(START);
    assertThat(tail.positions())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                first,
                ShardPosition.closed(Optional.empty()),
                second,
                ShardPosition.trimHorizon(Optional.of(first))));
    stream.put("a", "1");
    StreamTail afterCrash = resume(tail);
    pollUntilRead(afterCrash);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
  }

  @Test
  void readsParentsBeforeChildren() throws InterruptedException {
    StreamTail tail = begin();
    stream.pageSize(3);
    String root = stream.openShards().get(0);
    for (int i = 0; i < 20; i++) {
      stream.put("a", "v" + i);
    }
    stream.split(root);
    for (int i = 20; i < 40; i++) {
      stream.put("a", "v" + i);
    }
    stream.rollOver(stream.shardFor("a"));
    for (int i = 40; i < 60; i++) {
      stream.put("a", "v" + i);
    }
    pollUntilRead(tail);
    assertThat(read.numbers()).isEqualTo(stream.changes());
    assertThat(tail.positions().get(root)).isEqualTo(ShardPosition.closed(Optional.empty()));
    assertThat(tail.positions().get(stream.shardFor("a")).kind()).isEqualTo(Kind.AFTER);
  }

  @Test
  void goesOnFromItsPositions() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    stream.put("a", "2");
    stream.split(stream.shardFor("a"));
    stream.put("a", "3");
    StreamTail next = resume(tail);
    pollUntilRead(next);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2", "MODIFY a 2 3");
  }

  @Test
  void positionsInsideACallLieBeforeItsRecord() throws InterruptedException {
    StreamTail tail = begin();
    String shard = stream.shardFor("a");
    stream.put("a", "1");
    stream.put("a", "2");
    tail.poll(
        (page, index, micros, id) -> {
          Optional<String> at = tail.positions().get(shard).sequenceNumber();
          assertThat(at)
              .isEqualTo(index == 0 ? Optional.empty() : Optional.of(stream.changes().get(0)));
        });
    assertThat(tail.positions().get(shard).sequenceNumber()).contains(stream.changes().get(1));
  }

  @Test
  void aSinkThatFailsIsGivenTheSameRecordAgain() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    stream.put("a", "2");
    stream.put("a", "3");
    AtomicInteger calls = new AtomicInteger();
    RecordSink failing =
        (page, index, micros, id) -> {
          if (calls.incrementAndGet() == 2) {
            throw new IllegalStateException("disk full");
          }
          read.record(page, index, micros, id);
        };
    assertThatThrownBy(() -> tail.poll(failing)).hasMessage("disk full");
    assertThat(read.numbers()).isEqualTo(stream.changes().subList(0, 1));
    for (int i = 0; i < 3; i++) {
      tail.poll(failing);
    }
    assertThat(read.numbers()).isEqualTo(stream.changes());
  }

  @Test
  void isCompleteToThreeSecondsBeforeTheEndWasRead() throws InterruptedException {
    StreamTail tail = begin();
    assertThat(tail.poll(read)).isEqualTo(new Round(0, 1, false));
    time.pass(Duration.ofSeconds(20));
    tail.poll(read);
    assertThat(tail.poll(read).atEnd()).isTrue();
    assertThat(tail.completeTo()).as("the first page may have been the end").isEqualTo(START);
    assertThat(tail.poll(read)).isEqualTo(new Round(0, 1, true));
    assertThat(tail.completeTo()).isEqualTo(START.plusSeconds(17));
  }

  @Test
  void isCompleteToTheLastRecordWhereThereIsMore() throws InterruptedException {
    StreamTail tail = begin();
    stream.pageSize(2);
    for (int i = 0; i < 4; i++) {
      time.pass(Duration.ofSeconds(10));
      stream.put("a", "v" + i);
    }
    time.pass(Duration.ofSeconds(60));
    assertThat(tail.poll(read).atEnd()).isFalse();
    assertThat(tail.completeTo()).isEqualTo(START.plusSeconds(20));
    tail.poll(read);
    assertThat(tail.completeTo()).isEqualTo(START.plusSeconds(40));
  }

  @Test
  void fewEmptyPagesOfAwsDoNotShowTheEnd() throws InterruptedException {
    StreamTail before = begin();
    stream.put("a", "1");
    stream.emptyPages(2);
    time.pass(Duration.ofSeconds(30));
    StreamTail tail = resume(before);
    assertThat(tail.poll(read).atEnd()).isFalse();
    assertThat(tail.poll(read).atEnd()).isFalse();
    assertThat(tail.completeTo()).isEqualTo(START);
    tail.poll(read);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
    poll(tail, 10);
    Instant complete = tail.completeTo();
    time.pass(Duration.ofMinutes(10));
    stream.put("a", "2");
    poll(tail, 2);
    assertThat(tail.completeTo())
        .as("none of two after a pause")
        .isBeforeOrEqualTo(complete.plusSeconds(2));
  }

  @Test
  void aClosedShardHoldsBackUntilItsChildrenAreKnown() throws InterruptedException {
    StreamTail tail = begin();
    String root = stream.openShards().get(0);
    time.pass(Duration.ofSeconds(10));
    poll(tail, 5);
    Instant before = tail.completeTo();
    List<String> children = stream.split(root);
    children.forEach(child -> stream.hide(child, Duration.ofSeconds(4)));
    time.pass(Duration.ofSeconds(1));
    stream.put("a", "1");
    Instant written = time.instant();
    pollFor(tail, Duration.ofSeconds(3));
    assertThat(tail.positions()).containsOnlyKeys(root);
    assertThat(tail.completeTo()).as("children are not listed yet").isEqualTo(before);
    pollUntilRead(tail);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
    pollFor(tail, Duration.ofSeconds(10));
    assertThat(tail.completeTo()).isAfter(written);
  }

  @Test
  void aChildListedLaterThanItsSiblingIsNotPassedOver() throws InterruptedException {
    StreamTail tail = begin();
    List<String> children = stream.split(stream.openShards().get(0));
    String late = stream.shardFor("a");
    assertThat(children).contains(late);
    stream.hide(late, Duration.ofSeconds(2));
    stream.put("a", "1");
    Instant written = time.instant();
    for (int i = 0; i < 200 && read.numbers().isEmpty(); i++) {
      assertThat(tail.completeTo()).isBeforeOrEqualTo(written);
      tail.poll(read);
    }
    assertThat(read.lines()).containsExactly("INSERT a null 1");
  }

  @Test
  void asksForShardsEveryHalfMinuteAndWhenOneCloses() throws InterruptedException {
    AtomicInteger describes = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    stream.onCall(
        (number, operation) -> {
          (operation.equals("DescribeStream") ? describes : reads).incrementAndGet();
        });
    StreamTail tail = begin();
    pollFor(tail, Duration.ofSeconds(100));
    assertThat(describes.get()).as("at start twice, then every 30 s").isBetween(4, 6);
    assertThat(reads.get()).as("twice a second when there is nothing").isBetween(150, 210);
    describes.set(0);
    stream.rollOver(stream.openShards().get(0));
    pollFor(tail, Duration.ofSeconds(20));
    assertThat(describes.get()).as("until its child is known for 3 s").isBetween(2, 8);
  }

  @Test
  void readsABusyShardFiveTimesASecond() throws InterruptedException {
    StreamTail tail = begin();
    stream.pageSize(1);
    for (int i = 0; i < 50; i++) {
      stream.put("a", "v" + i);
    }
    pollUntilRead(tail);
    assertThat(Duration.between(START, time.instant()).toMillis()).isBetween(9_800L, 10_200L);
  }

  @Test
  void renewsAnIteratorThatHasExpired() throws InterruptedException {
    StreamTail tail = begin();
    stream.put("a", "1");
    pollUntilRead(tail);
    time.pass(Duration.ofMinutes(16));
    stream.put("a", "2");
    pollUntilRead(tail);
    assertThat(read.lines()).containsExactly("INSERT a null 1", "MODIFY a 1 2");
  }

  @Test
  void givesUpOnIteratorsThatAlwaysExpire() throws InterruptedException {
    StreamTail tail = begin();
    stream.onCall(
        (number, operation) -> {
          if (operation.equals("GetRecords")) {
            throw new StreamRefusedException(
                StreamRefusedException.Reason.EXPIRED_ITERATOR, "expired");
          }
        });
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> poll(tail, 20));
    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    stream.onCall((number, operation) -> {});
    stream.put("a", "1");
    pollUntilRead(tail);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
  }

  @Test
  void slowsDownWhenThrottledAndGoesOn() throws InterruptedException {
    StreamTail tail = begin();
    tail.poll(read);
    stream.put("a", "1");
    AtomicInteger throttles = new AtomicInteger(50);
    stream.onCall(
        (number, operation) -> {
          if (throttles.getAndDecrement() > 0) {
            throw new ThrottledException("slow down");
          }
        });
    pollUntilRead(tail);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
    assertThat(Duration.between(START, time.instant()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(260));
  }

  @Test
  void handsOnRepeatedRecordsOnce() throws InterruptedException {
    StreamTail tail = begin();
    stream.pageSize(3);
    stream.repeatRecords(2);
    for (int i = 0; i < 30; i++) {
      stream.put("a", "v" + i);
    }
    pollUntilRead(tail);
    poll(tail, 5);
    assertThat(read.numbers()).isEqualTo(stream.changes());
  }

  @Test
  void comparesSequenceNumbersAsNumbers() throws InterruptedException {
    StreamTail tail = begin();
    stream.pageSize(7);
    stream.repeatRecords(2);
    for (int i = 0; i < 1100; i++) {
      stream.put("a", "v" + i);
    }
    assertThat(stream.changes().get(0)).hasSize(21);
    assertThat(stream.changes().get(1099)).hasSize(22);
    pollUntilRead(tail);
    assertThat(read.numbers()).isEqualTo(stream.changes());
  }

  @Test
  void timesOfOneShardsLineageNeverRunBackwards() throws InterruptedException {
    StreamTail tail = begin();
    time.pass(Duration.ofSeconds(10));
    stream.put("a", "1");
    time.jump(Duration.ofSeconds(-5));
    stream.put("a", "2");
    stream.rollOver(stream.shardFor("a"));
    stream.put("a", "3");
    pollUntilRead(tail);
    long first = START.plusSeconds(10).getEpochSecond() * 1_000_000;
    assertThat(read.times()).containsExactly(first, first, first);
  }

  @Test
  void minutesOfOtherServersBecomeTheTimeOfReading() throws InterruptedException {
    ScriptedStream local = ScriptedStream.ofLocal(time);
    StreamTail tail =
        StreamTail.begin(local, ScriptedStream.LOCAL_ARN, ReadChanges.settings(time, 1));
    local.put("a", "1");
    time.pass(Duration.ofSeconds(3));
    tail.poll(read);
    local.put("a", "2");
    time.pass(Duration.ofMinutes(10));
    tail.poll(read);
    Instant minute = Instant.parse("2026-11-21T10:15:00Z");
    assertThat(read.times())
        .containsExactly(
            minute.plusSeconds(33).getEpochSecond() * 1_000_000,
            minute.plusSeconds(59).getEpochSecond() * 1_000_000);
  }
}
