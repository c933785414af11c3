// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.item.SequenceNumbers;
import io.dynavault.testing.simulation.SimulatedTime;
import io.dynavault.testing.stream.ScriptedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StreamTailProperties {
  private static final Instant START = Instant.parse("2026-11-21T10:15:30Z");
  private static final int LONG_ENOUGH = 3_000;

  @Property(tries = 60)
  void everyChangeIsReadOnceAndInTheOrderOfItsKey(@ForAll long seed) throws InterruptedException {
    Random random = new Random(seed);
    SimulatedTime time = new SimulatedTime(START);
    ScriptedStream stream = ScriptedStream.ofAws(time);
    stream.pageSize(1 + random.nextInt(9));
    stream.repeatRecords(random.nextInt(3));
    stream.emptyPages(random.nextInt(3));
    TailSettings settings = ReadChanges.settings(time, 1 + random.nextInt(4));
    ReadChanges read = new ReadChanges();
    StreamTail tail = StreamTail.begin(stream, ScriptedStream.ARN, settings);
    int late = 0;
    Instant promised = tail.completeTo();
    for (int step = 0; step < 150; step++) {
      act(random, stream, time);
      if (random.nextInt(20) == 0) {
        tail =
            StreamTail.resume(
                stream, ScriptedStream.ARN, tail.positions(), tail.completeTo(), settings);
      }
      int before = read.changes().size();
      poll(tail, read, random);
      for (ReadChanges.Change change : read.changes().subList(before, read.changes().size())) {
        late += change.micros() < promised.getEpochSecond() * 1_000_000 ? 1 : 0;
      }
      assertThat(tail.completeTo()).isAfterOrEqualTo(promised);
      promised = tail.completeTo();
    }
    for (int i = 0; i < LONG_ENOUGH && read.changes().size() < stream.changes().size(); i++) {
      tail.poll(read);
    }
    assertThat(late).as("changes that came later than promised").isZero();
    requireWhole(stream, read);
    Instant end = time.instant();
    for (int i = 0; i < LONG_ENOUGH && tail.completeTo().isBefore(end); i++) {
      tail.poll(read);
    }
    assertThat(tail.completeTo()).as("complete in the end").isAfterOrEqualTo(end);
  }

  private static void act(Random random, ScriptedStream stream, SimulatedTime time) {
    for (int writes = random.nextInt(8); writes > 0; writes--) {
      String key = "k" + random.nextInt(12);
      switch (random.nextInt(5)) {
        case 0 -> stream.delete(key);
        case 1 -> stream.expire(key);
        default -> stream.put(key, "v" + random.nextInt());
      }
      time.pass(Duration.ofMillis(random.nextInt(800)));
    }
    List<String> open = stream.openShards();
    String shard = open.get(random.nextInt(open.size()));
    switch (random.nextInt(12)) {
      case 0 -> {
        List<String> children = stream.split(shard);
        String late = children.get(random.nextInt(2));
        stream.hide(late, Duration.ofMillis(random.nextInt(2_500)));
      }
      case 1 -> stream.hide(stream.rollOver(shard), Duration.ofMillis(random.nextInt(6_000)));
      case 2 -> time.pass(Duration.ofSeconds(random.nextInt(40)));
      case 3 -> time.pass(Duration.ofMinutes(random.nextInt(20)));
      default -> {
        // nothing happens to the shards
      }
    }
  }

  private static void poll(StreamTail tail, ReadChanges read, Random random)
      throws InterruptedException {
    boolean failing = random.nextInt(10) == 0;
    int good = random.nextInt(4);
    int[] calls = {0};
    try {
      tail.poll(
          (page, index, micros, shard) -> {
            if (failing && calls[0]++ == good) {
              throw new IllegalStateException("the sink fails");
            }
            read.record(page, index, micros, shard);
          });
    } catch (IllegalStateException e) {
      assertThat(failing).isTrue();
    }
  }

  private static void requireWhole(ScriptedStream stream, ReadChanges read) {
    assertThat(read.numbers()).containsExactlyInAnyOrderElementsOf(stream.changes());
    assertThat(new HashSet<>(read.numbers())).hasSameSizeAs(read.numbers());
    Map<String, String> replayed = new TreeMap<>();
    Map<String, ReadChanges.Change> last = new HashMap<>();
    for (ReadChanges.Change change : read.changes()) {
      ReadChanges.Change former = last.put(change.key(), change);
      if (former != null) {
        assertThat(SequenceNumbers.compare(change.number(), former.number())).isPositive();
        assertThat(change.micros()).isGreaterThanOrEqualTo(former.micros());
      }
      String value = change.line().substring(change.line().lastIndexOf(' ') + 1);
      if (value.equals("null")) {
        replayed.remove(change.key());
      } else {
        replayed.put(change.key(), value);
      }
    }
    assertThat(replayed).isEqualTo(stream.table());
  }

  @Example
  void aFailureOfAnyCallLosesNothing() throws InterruptedException {
    int calls = runWithFailure(Integer.MAX_VALUE, ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(calls).isGreaterThan(40);
    for (int failing = 1; failing <= calls; failing++) {
      for (ErrorCode code :
          List.of(ErrorCode.SERVICE_UNAVAILABLE, ErrorCode.THROTTLED, ErrorCode.REQUEST_REFUSED)) {
        runWithFailure(failing, code);
      }
    }
  }

  /** Returns the number of calls. Whoever reads goes on after a failure, or is started again. */
  private static int runWithFailure(int failing, ErrorCode code) throws InterruptedException {
    SimulatedTime time = new SimulatedTime(START);
    ScriptedStream stream = ScriptedStream.ofAws(time);
    stream.pageSize(2);
    stream.onCall(
        (number, operation) -> {
          if (number == failing) {
            throw failure(code, operation);
          }
        });
    TailSettings settings = ReadChanges.settings(time, 1);
    ReadChanges read = new ReadChanges();
    StreamTail tail = begin(stream, settings);
    for (int i = 0; i < 30; i++) {
      stream.put("k" + i % 5, "v" + i);
      if (i == 6 || i == 20) {
        stream.split(stream.shardFor("k1"));
      }
      if (i == 12) {
        stream.rollOver(stream.shardFor("k2"));
      }
      if (i == 15) {
        tail =
            StreamTail.resume(
                stream, ScriptedStream.ARN, tail.positions(), tail.completeTo(), settings);
      }
      poll(tail, read);
    }
    for (int i = 0; i < LONG_ENOUGH && read.changes().size() < stream.changes().size(); i++) {
      poll(tail, read);
    }
    requireWhole(stream, read);
    return stream.calls();
  }

  private static StreamTail begin(ScriptedStream stream, TailSettings settings)
      throws InterruptedException {
    try {
      return StreamTail.begin(stream, ScriptedStream.ARN, settings);
    } catch (DynavaultException e) {
      return StreamTail.begin(stream, ScriptedStream.ARN, settings);
    }
  }

  private static void poll(StreamTail tail, ReadChanges read) throws InterruptedException {
    try {
      tail.poll(read);
    } catch (StreamGapException e) {
      throw e;
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }
  }

  private static DynavaultException failure(ErrorCode code, String operation) {
    if (code == ErrorCode.THROTTLED) {
      return new ThrottledException("slow down");
    }
    if (code == ErrorCode.REQUEST_REFUSED && operation.equals("GetRecords")) {
      return new StreamRefusedException(StreamRefusedException.Reason.EXPIRED_ITERATOR, "expired");
    }
    return new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to call: no answer");
  }
}
