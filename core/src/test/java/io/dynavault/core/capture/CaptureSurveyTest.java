// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureStatus.State;
import io.dynavault.core.capture.CaptureSurvey.Extent;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.format.layout.ContinuousKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
    assertThat(status.earliest()).contains(Instant.parse("2026-11-21T09:30:01Z"));
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

  /** Who looks at all tables sees the others, and of this one what there is. */
  @Test
  @Tag("F11")
  void whatIsDamagedIsToldAndHidesNothingElse() {
    ContinuousKeys keys = capture.newest().chain().keys();
    long last = capture.newest().last().orElseThrow().number();
    Instant before = capture.newest().commits(last - 1, last - 1).get(0).completeTo();
    String base = capture.testing.keys(keys.bases()).get(0);
    for (String key : List.of(keys.commit(last), keys.commit(last - 1), keys.description(), base)) {
      byte[] content = damage(key);

      ChainStatus chain = status(Extent.WHOLE).newest();

      if (key.equals(base)) {
        assertThat(chain.damage()).isEmpty();
        assertThat(chain.earliest()).isEmpty();
      } else {
        assertThat(chain.damage().orElseThrow()).contains(key);
      }
      if (key.equals(keys.commit(last))) {
        assertThat(chain.latest()).isEqualTo(before);
      }
      capture.testing.memory.put(key, content);
    }
    assertThat(status(Extent.WHOLE).newest().damage()).isEmpty();
  }

  private byte[] damage(String key) {
    try (var stored = capture.testing.memory.read(key)) {
      byte[] content = stored.readAllBytes();
      byte[] damaged = content.clone();
      damaged[content.length / 2] ^= 1;
      capture.testing.memory.put(key, damaged);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTableThatWasNeverCapturedHasNoStatus() {
    assertThat(survey.status("customers", Extent.GLANCE)).isEmpty();
  }
}
