// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.testing.simulation.SimulatedTime;
import io.dynavault.testing.stream.ScriptedStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is promised of a stream that was read to its end, by what kind of server it is. */
class StreamServerTest {
  private static final Instant START = Instant.parse("2026-11-21T10:15:30Z");

  private final SimulatedTime time = new SimulatedTime(START);
  private final ReadChanges read = new ReadChanges();

  /** The promise after a minute in which nothing was written. */
  private Instant promised(ScriptedStream stream, String arn) throws InterruptedException {
    StreamTail tail = StreamTail.begin(stream, arn, ReadChanges.settings(time, 1));
    time.pass(Duration.ofMinutes(1));
    while (tail.completeTo().equals(START)) {
      tail.poll(read);
    }
    return tail.completeTo();
  }

  @Test
  void recordsOfAwsMayBeOnTheirWay() throws InterruptedException {
    assertThat(promised(ScriptedStream.ofAws(time), ScriptedStream.ARN))
        .isEqualTo(START.plusSeconds(57));
  }

  @Test
  void dynamoDbLocalHasARecordWithTheAnswerToItsRequest() throws InterruptedException {
    assertThat(promised(ScriptedStream.ofLocal(time), ScriptedStream.LOCAL_ARN))
        .isEqualTo(START.plusSeconds(59));
  }

  @Test
  void othersMayHoldRecordsBackForTenSeconds() throws InterruptedException {
    assertThat(promised(ScriptedStream.ofAnother(time), ScriptedStream.ARN))
        .isBefore(START.plusSeconds(50));
  }
}
