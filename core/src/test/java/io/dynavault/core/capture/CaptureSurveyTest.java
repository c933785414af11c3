// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureStatus.State;
import io.dynavault.core.capture.CaptureSurvey.Extent;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CaptureSurveyTest {
  private final TestingCapture capture = new TestingCapture();
  private final CaptureSurvey survey = new CaptureSurvey(capture.testing.vault, capture.time);

  @BeforeEach
  void captureTenMinutes() throws Exception {
    capture.stream.switchOn();
    for (int change = 0; change < 60; change++) {
      capture.putAfter(10L * change + 1, "a", String.valueOf(change));
    }
    capture.stopAfter(Duration.ofMinutes(10));
    capture.run();
  }

  private CaptureStatus status(Extent extent) {
    return survey.status("orders", extent).orElseThrow();
  }

  @Test
  void tellsTheWindowItsLagAndRate() {
    capture.time.pass(Duration.ofMinutes(5));

    CaptureStatus status = status(Extent.GLANCE);

    assertThat(survey.tables()).containsExactly("orders");
    assertThat(status.state()).isEqualTo(State.STOPPED);
    assertThat(status.earliest()).contains(java.time.Instant.parse("2026-11-21T09:30:01Z"));
    assertThat(status.latest()).contains(capture.newest().last().orElseThrow().completeTo());
    assertThat(status.lag()).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(320));
    assertThat(status.lately().changes()).isBetween(5.0, 7.0);
    assertThat(status.lately().storedBytes()).isPositive();
    assertThat(status.whole()).isEmpty();
  }

  @Test
  void countsTheWholeChainWhereThatIsWanted() {
    ChangeVolume whole = status(Extent.WHOLE).whole().orElseThrow();

    assertThat(whole.changes()).isEqualTo(60);
    assertThat(whole.commits()).isEqualTo(capture.newest().last().orElseThrow().number());
    assertThat(whole.storedBytes())
        .isEqualTo(
            capture.testing.keys(capture.newest().chain().keys().data()).stream()
                .mapToLong(key -> capture.testing.memory.stat(key).orElseThrow().size())
                .sum());
  }

  @Test
  void aCopyIsNotStoppedAndNamesItsVault() throws Exception {
    capture.markCopied(capture.newest().chain());

    assertThat(status(Extent.GLANCE).state()).isEqualTo(State.COPIED);
    assertThat(status(Extent.GLANCE).newest().origin().orElseThrow().vaultName())
        .isEqualTo("other");
  }

  /** A copy of a chain that began later stands beside the one that is captured. */
  @Test
  void ofWhatIsCapturedAndWhatIsCopiedTheFormerCounts() throws Exception {
    capture.addCopyOfALaterChain(capture.newest().chain());
    assertThat(status(Extent.GLANCE).state()).isEqualTo(State.COPIED);
    assertThat(status(Extent.GLANCE).lately().changes()).isZero();

    Lease lease = capture.testing.on("elsewhere").leases().acquire(LeaseName.continuous("orders"));
    assertThat(status(Extent.GLANCE).state()).isEqualTo(State.RUNNING);
    assertThat(status(Extent.WHOLE).whole().orElseThrow().changes()).isEqualTo(60);
    assertThat(status(Extent.GLANCE).lately().changes()).isPositive();
    lease.close();
  }

  @Test
  void itRunsWhileTheLeaseIsRenewed() throws Exception {
    Lease lease = capture.testing.on("elsewhere").leases().acquire(LeaseName.continuous("orders"));
    assertThat(status(Extent.GLANCE).state()).isEqualTo(State.RUNNING);
    assertThat(status(Extent.GLANCE).holder().orElseThrow().host()).isEqualTo("elsewhere");

    capture.time.pass(Duration.ofMinutes(2));
    assertThat(status(Extent.GLANCE).state()).isEqualTo(State.STOPPED);

    lease.renew();
    lease.close();
    assertThat(status(Extent.GLANCE).state()).isEqualTo(State.STOPPED);
  }

  @Test
  void aTableThatWasNeverCapturedHasNoStatus() {
    assertThat(survey.status("customers", Extent.GLANCE)).isEmpty();
  }
}
