// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static io.dynavault.core.transport.ScriptedServer.error;
import static io.dynavault.core.transport.ScriptedServer.ok;
import static io.dynavault.core.transport.ScriptedServer.page;
import static io.dynavault.core.transport.ScriptedServer.truncated;
import static io.dynavault.core.transport.TransportRig.NOW;
import static io.dynavault.core.transport.TransportRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a transport does when something goes wrong on the way. */
@Timeout(60)
class HttpTransportFaultsTest {
  private TransportRig rig;

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void asksAgainForAnAnswerThatDoesNotMatchItsCrc() throws IOException {
    rig = new TransportRig(ok(PAGE, "12345"), ok(PAGE));

    assertThat(rig.call()).isEqualTo(PAGE);
    assertThat(rig.counters.snapshot().retries()).isEqualTo(1);
  }

  @Test
  void asksAgainForATruncatedAnswer() throws IOException {
    rig = new TransportRig(truncated(PAGE), ok(PAGE));

    assertThat(rig.call()).isEqualTo(PAGE);
    assertThat(rig.counters.snapshot().requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "500, com.amazonaws.dynamodb.v20120810#InternalServerError",
    "500, InternalFailure",
    "503, com.amazon.coral.availability#ServiceUnavailable",
    "400, com.amazonaws.dynamodb.v20120810#ReplicatedWriteConflictException"
  })
  void asksAgainAfterAPassingErrorOfTheService(int status, String type) throws IOException {
    rig = new TransportRig(error(status, type, "try again"), ok(PAGE));

    assertThat(rig.call()).isEqualTo(PAGE);
    assertThat(rig.pauses).hasSize(1);
  }

  @Test
  void asksAgainAfterAProxysErrorPage() throws IOException {
    rig = new TransportRig(page(502, "<html>Bad Gateway</html>"), ok(PAGE));

    assertThat(rig.call()).isEqualTo(PAGE);
  }

  @Test
  void givesUpAfterTenTriesWithPausesThatGrow() throws IOException {
    rig = new TransportRig(error(500, "InternalServerError", "The request processing has failed"));

    RefusedException failure = rig.refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "unable to call Scan at '"
                + rig.server.uri()
                + "': InternalServerError: The request processing has failed");
    assertThat(rig.requests()).hasSize(10);
    assertThat(rig.pauses.stream().map(Duration::toMillis))
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
  }

  @Test
  void givesUpWhenTheTimeIsOver() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    rig =
        new TransportRig(
            exchange -> {
              now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(50)));
              error(500, "InternalServerError", "slow").send(exchange);
            });
    rig.at(now::get);

    assertThat(rig.refused().code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(rig.requests()).hasSize(4); // 50, 100, 150 and 200 of 180 seconds
  }

  @Test
  void triesAnAddressThatNeverAnsweredOnlyThreeTimes() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://localhost:" + socket.getLocalPort());
    }
    rig = new TransportRig(nobody);

    DynavaultException failure = rig.failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith("unable to call Scan at '" + nobody + "' in 3 attempts: ")
        .hasMessageContaining("Connection refused");
    assertThat(failure.hint())
        .isEqualTo(
            "check --endpoint-url, --region, the proxy settings and whether the server runs");
    assertThat(rig.pauses).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
    "400, com.amazon.coral.availability#ThrottlingException",
    "400, com.amazonaws.dynamodb.v20120810#RequestLimitExceeded",
    "503, SlowDown",
    "429, Whatever"
  })
  void leavesThrottlingToTheCaller(int status, String type) throws IOException {
    rig = new TransportRig(error(status, type, "slow down"));

    DynavaultException failure = rig.failure();

    assertThat(failure).isInstanceOf(ThrottledException.class);
    assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(rig.requests()).hasSize(1);
    assertThat(rig.counters.snapshot().throttles()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheWaitForASilentServer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch forever = new CountDownLatch(1);
    rig =
        new TransportRig(
            exchange -> {
              asked.countDown();
              awaitQuietly(forever);
            });
    AtomicReference<DynavaultException> failure = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              failure.set(rig.failure());
              flag.set(Thread.currentThread().isInterrupted());
            });
    worker.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    worker.interrupt();
    worker.join(30_000);

    assertThat(failure.get().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(flag.get()).isTrue();
    assertThat(rig.requests()).hasSize(1);
  }

  @Test
  void anInterruptEndsThePause() throws IOException {
    rig = new TransportRig(error(500, "InternalServerError", "busy"));
    rig.pausingBy(
        duration -> {
          throw new InterruptedException();
        });

    assertThat(rig.failure().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNotSendWhenInterruptedBefore() throws IOException {
    rig = new TransportRig(ok(PAGE));
    Thread.currentThread().interrupt();

    assertThat(rig.failure().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rig.requests()).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
