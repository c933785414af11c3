// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process took the lease, slept until it had run out, and began its chain beside that of the
 * process that had taken the table over.
 */
@Tag("F10")
@Timeout(60)
class ReplacedChainTest {
  private final TestingCapture capture = new TestingCapture();
  private final ContinuousBackups backups = new ContinuousBackups(capture.testing.memory);
  private Chain own;

  @BeforeEach
  void capture() throws Exception {
    capture.stream.switchOn();
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofMinutes(1));
    capture.run();
    own = capture.newest().chain();
    capture.time.pass(Duration.ofMinutes(1));
    capture.stream.put("between", "1");
  }

  @Test
  void theChainOfTheHigherLeaseIsGoneOnWithAndNothingIsMissing() throws Exception {
    ChainLog late = beginLate();
    capture.time.pass(Duration.ofMinutes(1));
    capture.putAfter(5, "b", "1");
    capture.stopAfter(Duration.ofMinutes(1));

    capture.run();

    assertThat(backups.newestCaptured("orders").orElseThrow().chain().id()).isEqualTo(own.id());
    assertThat(capture.changes(backups.find("orders", own.id()).orElseThrow()))
        .containsExactly("100 a", "101 between", "102 b");
    assertThat(late.end()).map(ChainEnd::reason).contains(ChainEnd.Reason.REPLACED);
  }

  @Test
  void theOtherOneCountsNoMore() throws Exception {
    beginLate();
    capture.stopAfter(Duration.ofMinutes(1));
    capture.run();

    assertThat(backups.chains("orders"))
        .extracting(log -> log.chain().id())
        .containsExactly(own.id());
    assertThat(capture.heard(CaptureEvent.Gap.class)).isEmpty();
  }

  /** The last thing that the late process did before it noticed. */
  @Test
  void aCommitOfTheLateOneChangesNothing() throws Exception {
    ChainLog late = beginLate();
    late.append(
        new Commit(
            late.chain().id(),
            1,
            capture.time.instant(),
            0,
            late.completeFrom(),
            List.of(),
            late.chain().positions(),
            ChangeCounts.NONE,
            Optional.empty()));
    capture.stopAfter(Duration.ofMinutes(1));

    capture.run();

    assertThat(backups.newestCaptured("orders").orElseThrow().chain().id()).isEqualTo(own.id());
    assertThat(late.end()).isPresent();
  }

  private ChainLog beginLate() {
    return backups.create(
        new Chain(
            new RecoveryPointId("%014d-0badcafe".formatted(capture.time.instant().toEpochMilli())),
            own.table(),
            own.streamArn(),
            capture.time.instant(),
            own.positions(),
            own.toolVersion()));
  }
}
