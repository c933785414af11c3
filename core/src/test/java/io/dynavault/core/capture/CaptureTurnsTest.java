// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures of one table, of which one at a time writes. */
@Timeout(60)
class CaptureTurnsTest {
  private final TestingCapture capture = new TestingCapture();

  @BeforeEach
  void switchOn() {
    capture.stream.switchOn();
  }

  /** Else this vault and the one it was copied from would each have other commits of it. */
  @Test
  void beginsAChainOfItsOwnBesideACopy() throws Exception {
    capture.stopAfter(Duration.ofSeconds(60));
    capture.run();
    Chain copied = capture.newest().chain();
    capture.markCopied(copied);
    long commits = capture.newest().last().orElseThrow().number();
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    assertThat(capture.chains()).hasSize(2);
    assertThat(capture.chains().get(0).last().orElseThrow().number()).isEqualTo(commits);
    assertThat(capture.chains().get(0).end()).isEmpty();
    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
    assertThat(capture.heard(CaptureEvent.Resumed.class)).isEmpty();
  }

  @Test
  void goesOnWithItsOwnChainWhereACopyBeganLater() throws Exception {
    capture.stopAfter(Duration.ofSeconds(60));
    capture.run();
    Chain own = capture.newest().chain();
    capture.addCopyOfALaterChain(own);
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    assertThat(capture.chains()).hasSize(2);
    assertThat(capture.changes(capture.chains().get(0))).containsExactly("100 a");
    assertThat(capture.heard(CaptureEvent.Resumed.class)).hasSize(1);
  }

  @Test
  @Tag("F10")
  void aSecondCaptureOfATableIsRefused() throws Exception {
    try (Lease held =
        capture.testing.on("elsewhere").leases().acquire(LeaseName.continuous("orders"))) {
      capture.time.every(Duration.ofSeconds(10), held::renew);

      failure(ErrorCode.LEASE_HELD, capture::run);
    }
    assertThat(capture.chains()).isEmpty();
  }

  /** Whatever clocks and leases say: the number of a commit is taken once. */
  @Test
  @Tag("F10")
  void aCaptureWhoseNumberIsTakenWritesNothingAnyMore() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.putAfter(31, "a", "2");
    capture.time.after(Duration.ofSeconds(30), this::commitByAnother);
    capture.stopAfter(Duration.ofMinutes(10));

    DynavaultException fenced = failure(ErrorCode.LEASE_LOST, capture::run);

    assertThat(fenced).hasMessageContaining("orders");
    Commit last = capture.newest().last().orElseThrow();
    assertThat(last.epoch()).isEqualTo(77);
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
  }

  private void commitByAnother() {
    ChainLog log = capture.newest();
    Commit last = log.last().orElseThrow();
    assertThat(
            log.append(
                new Commit(
                    last.chain(),
                    last.number() + 1,
                    log.writtenAt(capture.time.instant()),
                    77,
                    last.completeTo(),
                    List.of(),
                    last.positions(),
                    io.dynavault.core.continuous.ChangeCounts.NONE,
                    Optional.empty())))
        .isTrue();
  }

  @Test
  void endsWhenItIsAskedToThroughTheVault() throws Exception {
    StopRequests requests = new StopRequests(capture.testing.on("elsewhere"), capture.time);
    capture.putAfter(19, "a", "1");
    capture.time.after(
        Duration.ofSeconds(20),
        () -> requests.request("orders", requests.running("orders").orElseThrow()));
    capture.time.after(
        Duration.ofMinutes(5),
        () -> {
          throw new AssertionError("did not stop");
        });

    CaptureResult result = capture.run();

    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
    assertThat(result.gaps()).isEmpty();
    assertThat(requests.running("orders")).isEmpty();
  }

  @Test
  void aRequestToStopIsForOneCaptureAlone() throws Exception {
    endsWhenItIsAskedToThroughTheVault();
    Instant begin = capture.time.instant();
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    assertThat(capture.time.instant()).isAfter(begin.plusSeconds(59));
  }

  @Test
  void waitsForAnotherCaptureAsLongAsItIsNeeded() throws Exception {
    Lease held = capture.testing.on("elsewhere").leases().acquire(LeaseName.continuous("orders"));
    for (int second = 10; second < 95; second += 10) {
      capture.time.after(Duration.ofSeconds(second), held::renew);
    }
    Instant end = capture.time.instant().plusSeconds(95);

    assertThat(capture.onceAfterOthers(() -> capture.time.instant().isBefore(end))).isEmpty();

    assertThat(capture.time.instant()).isBetween(end, end.plusSeconds(2));
    assertThat(capture.chains()).isEmpty();
    held.close();
    assertThat(capture.onceAfterOthers(() -> true)).isPresent();
    assertThat(capture.newest().bases()).hasSize(1);
  }

  @Test
  @Tag("F9")
  void takesOverFromACaptureThatDiedWhileItWaited() throws Exception {
    Lease dead = capture.testing.on("elsewhere").leases().acquire(LeaseName.continuous("orders"));

    assertThat(dead).isNotNull();
    assertThat(capture.onceAfterOthers(() -> true)).isPresent();
  }
}
