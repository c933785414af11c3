// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.TestingTime;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.transport.ThrottledException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SegmentScannerTest {
  private static final String FIRST =
      "{\"Items\":[{\"pk\":{\"S\":\"a\"}}],\"Count\":1,\"ScannedCount\":1,"
          + "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"}},"
          + "\"ConsumedCapacity\":{\"TableName\":\"t\",\"CapacityUnits\":0.5}}";
  private static final String LAST =
      "{\"ConsumedCapacity\":{\"CapacityUnits\":0.5},\"Items\":[{\"pk\":{\"S\":\"b\"}}],"
          + "\"ScannedCount\":1,\"Count\":1}";

  private final TestingTime time = new TestingTime();
  private final StopSignal stop = new StopSignal();
  private final Progress progress = new Progress("t");
  private final List<String> items = new ArrayList<>();

  @Test
  void followsThePagesToTheSegmentsEnd() throws Exception {
    TestingTransport transport = answering(FIRST, LAST);
    assertThat(scan(transport, null)).isTrue();
    assertThat(items).containsExactly("{\"pk\":{\"S\":\"a\"}}", "{\"pk\":{\"S\":\"b\"}}");
    assertThat(transport.requests().get(1).body())
        .endsWith("\"ExclusiveStartKey\":{\"pk\":{\"S\":\"a\"}}}");
    assertThat(progress.snapshot().capacityUnits()).isEqualTo(1.0);
  }

  @Test
  void beginsBehindTheKeyItIsGiven() throws Exception {
    TestingTransport transport = answering(LAST);
    scan(transport, "{\"pk\":{\"S\":\"x\"}}".getBytes(StandardCharsets.UTF_8));
    assertThat(transport.requests().get(0).body())
        .endsWith("\"ExclusiveStartKey\":{\"pk\":{\"S\":\"x\"}}}");
  }

  @Test
  @Tag("F14")
  void anEmptyPageIsNotTheEndWhileAKeyFollows() throws Exception {
    String empty =
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":9,\"LastEvaluatedKey\":{\"pk\":{\"S\":\"0\"}}}";
    TestingTransport transport = answering(empty, FIRST, LAST);
    assertThat(scan(transport, null)).isTrue();
    assertThat(items).hasSize(2);
    assertThat(transport.requests().get(1).body())
        .endsWith("\"ExclusiveStartKey\":{\"pk\":{\"S\":\"0\"}}}");
  }

  @Test
  @Tag("F14")
  void aPageThatLeadsBackToItsBeginningIsAskedForAgainAndNothingOfItIsTaken() throws Exception {
    scan(answering(FIRST, FIRST, LAST), null);
    assertThat(items).containsExactly("{\"pk\":{\"S\":\"a\"}}", "{\"pk\":{\"S\":\"b\"}}");
  }

  @Test
  @Tag("F14")
  void aServerThatSendsTheSamePageForEverIsAnError() {
    TestingTransport transport = new TestingTransport((operation, body) -> FIRST);
    assertThatThrownBy(() -> scan(transport, null))
        .hasMessage(
            "unable to read table 't': LastEvaluatedKey is the key behind which the page should"
                + " begin");
    assertThat(transport.requests()).hasSize(4);
    assertThat(items).hasSize(1);
  }

  @Test
  void aMalformedPageIsAskedForAgainAndNothingOfItIsTaken() throws Exception {
    TestingTransport transport =
        answering("{\"Items\":[{\"pk\":{\"S\":\"a\"}},{\"pk\"", FIRST, LAST);
    scan(transport, null);
    assertThat(items).hasSize(2);
    assertThat(transport.requests()).hasSize(3);
  }

  @Test
  void aPageThatStaysMalformedIsAnError() {
    TestingTransport transport = new TestingTransport((operation, body) -> "<html>");
    assertThatThrownBy(() -> scan(transport, null))
        .hasMessageStartingWith("unable to read table 't': ");
    assertThat(transport.requests()).hasSize(3);
    assertThat(items).isEmpty();
  }

  @Test
  void aThrottledPageIsAskedForAgain() throws Exception {
    int[] calls = {0};
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              if (++calls[0] <= 3) {
                throw new ThrottledException("slow down");
              }
              return LAST;
            });
    assertThat(scan(transport, null)).isTrue();
    assertThat(items).hasSize(1);
    assertThat(progress.snapshot().throttles()).isEqualTo(3);
  }

  @Test
  void aStopEndsTheSegmentAfterThePageInWork() throws Exception {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              stop.request();
              return FIRST;
            });
    assertThat(scan(transport, null)).isFalse();
    assertThat(items).hasSize(1);
  }

  @Test
  void aStopWhileWaitingForCapacityKeepsThePagesBefore() throws Exception {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              time.whenSleeping(stop::request);
              return FIRST;
            });
    assertThat(scan(transport, null, OptionalDouble.of(0.01))).isFalse();
    assertThat(items).hasSize(1);
  }

  private boolean scan(TestingTransport transport, byte[] startKey) throws Exception {
    return scan(transport, startKey, OptionalDouble.empty());
  }

  private boolean scan(TestingTransport transport, byte[] startKey, OptionalDouble budget)
      throws Exception {
    RateController rate =
        new RateController(budget, Duration.ofMinutes(1), time, time, new Random(5), stop);
    SegmentScanner scanner =
        new SegmentScanner(
            transport, ScanQuery.all("t", false), rate, OptionalDouble.empty(), 0, progress, stop);
    return scanner.scan(
        new Segment(0, 1),
        startKey,
        (page, bytes) -> {
          for (int i = 0; i < page.itemCount(); i++) {
            items.add(
                new String(bytes, page.itemOffset(i), page.itemLength(i), StandardCharsets.UTF_8));
          }
        });
  }

  private static TestingTransport answering(String... pages) {
    Iterator<String> answers = List.of(pages).iterator();
    BiFunction<String, String, String> next = (operation, body) -> answers.next();
    return new TestingTransport(next);
  }
}
