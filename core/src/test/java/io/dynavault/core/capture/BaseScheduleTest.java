// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.vault.CatalogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bases that are made by schedule, where nobody compacts. */
@Tag("G5")
@Timeout(60)
class BaseScheduleTest {
  private static final Duration EVERY = Duration.ofHours(2);

  private final TestingCapture capture = new TestingCapture();

  @BeforeEach
  void switchOn() {
    capture.stream.switchOn();
  }

  @Test
  void aNewBaseIsMadeWheneverTheNewestIsTooOld() throws Exception {
    put(5, 7);
    capture(Duration.ofHours(7), Until.STOPPED);

    List<Base> bases = capture.newest().bases();
    assertThat(bases).hasSize(4);
    for (int i = 1; i < bases.size(); i++) {
      assertThat(Duration.between(bases.get(i - 1).restorableFrom(), bases.get(i).restorableFrom()))
          .isBetween(EVERY, EVERY.plusMinutes(2));
    }
  }

  /** What a base does not repeat was made before the first second that it can be rolled to. */
  @Test
  void aLaterBaseHasTheChangesBeforeIt() throws Exception {
    put(5, 7);
    capture(Duration.ofHours(7), Until.STOPPED);

    ChainLog chain = capture.newest();
    for (Base base : chain.bases().subList(1, 4)) {
      assertThat(base.afterCommit()).isGreaterThan(100);
      assertThat(base.completeWith()).isGreaterThan(base.afterCommit());
      assertThat(chain.commits(1, base.afterCommit()))
          .flatExtracting(commit -> commit.files())
          .allMatch(file -> file.lastTime().isBefore(base.restorableFrom()));
      assertThat(chain.commits(base.afterCommit(), base.afterCommit()).get(0).written())
          .isBefore(base.restorableFrom());
    }
  }

  @Test
  void aCaptureNowAndThenMakesThemToo() throws Exception {
    for (int i = 0; i < 6; i++) {
      capture(Duration.ofHours(1), Until.CAUGHT_UP);
      capture.time.pass(Duration.ofHours(1));
    }
    assertThat(capture.chains()).hasSize(1);
    assertThat(capture.newest().bases()).hasSize(3);
  }

  /** The chain is as good as ever from the next base on, and needs no gap. */
  @Test
  @Tag("F11")
  void aBaseThatCannotBeReadIsMadeAgain() throws Exception {
    capture(Duration.ofMinutes(30), Until.STOPPED);
    String damaged = capture.testing.keys(capture.newest().chain().keys().bases()).get(0);
    capture.testing.memory.put(damaged, new byte[] {'{'});

    capture(Duration.ofMinutes(30), Until.STOPPED);

    assertThat(capture.chains()).hasSize(1);
    assertThat(capture.newest().end()).isEmpty();
    assertThat(capture.newest().readableBases(failure -> {})).hasSize(1);
  }

  @Test
  void aBaseOfACompactionCounts() throws Exception {
    capture(Duration.ofMinutes(90), Until.STOPPED);
    ChainLog chain = capture.newest();
    Instant now = chain.last().orElseThrow().completeTo();
    CatalogEntry compacted = capture.testing.commit("orders", now.toString());
    long last = chain.last().orElseThrow().number();
    chain.add(new Base(chain.chain().id(), compacted.id(), last, Optional.of(now), last, now));

    capture(Duration.ofMinutes(90), Until.STOPPED);

    assertThat(capture.newest().bases()).hasSize(2);
  }

  @Test
  void withoutAnIntervalThereIsOne() throws Exception {
    capture.stopAfter(Duration.ofHours(7));
    capture.run();
    assertThat(capture.newest().bases()).hasSize(1);
  }

  /** All bases were deleted, and the first changes have expired: only a new one is of use. */
  @Test
  void aChainWhoseBeginningHasExpiredGetsABaseThatNeedsItNot() throws Exception {
    put(5, 3);
    capture(Duration.ofHours(3), Until.STOPPED);
    ChainLog chain = capture.newest();
    for (Base base : chain.bases()) {
      capture.testing.memory.delete(chain.chain().keys().base(base.recoveryPoint().value()));
      capture.testing.memory.delete(
          "recovery-points/orders/" + base.recoveryPoint().value() + ".json");
    }
    Instant now = capture.time.instant();
    chain.expire(new Expiry(chain.chain().id(), 30, chain.chain().started().plusSeconds(900), now));

    capture(Duration.ofMinutes(5), Until.STOPPED);

    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.newest().bases().get(0).afterCommit()).isGreaterThan(30);
  }

  private void put(int everyMinutes, int hours) {
    for (int minute = 0; minute < 60 * hours; minute += everyMinutes) {
      capture.putAfter(60L * minute + 1, "key " + minute, "1");
    }
  }

  private void capture(Duration time, Until until) throws InterruptedException {
    capture.stopAfter(time);
    capture.run(
        capture.testing.vault,
        new CaptureOptions(
            Duration.ofSeconds(10), CaptureOptions.DEFAULT_FLUSH_BYTES, until, Optional.of(EVERY)));
  }
}
