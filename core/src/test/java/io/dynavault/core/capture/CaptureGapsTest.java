// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainEnd.Reason;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that are lost, streams that end and tables that go. */
@Timeout(60)
class CaptureGapsTest {
  private final TestingCapture capture = new TestingCapture();

  @BeforeEach
  void switchOn() {
    capture.stream.switchOn();
  }

  @Test
  @Tag("G8")
  void aStreamThatWasSwitchedOffEndsTheChainAndANewOneBegins() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.putAfter(29, "a", "2");
    capture.time.after(Duration.ofSeconds(30), capture.stream::switchOff);
    capture.time.after(Duration.ofSeconds(90), () -> capture.stream.put("a", "3"));
    capture.stopAfter(Duration.ofMinutes(5));

    CaptureResult result = capture.run();

    assertGap(result, Reason.STREAM_DISABLED);
    ChainEnd end = capture.chains().get(0).end().orElseThrow();
    assertThat(capture.changes(capture.chains().get(0))).containsExactly("100 a", "101 a");
    assertThat(end.completeTo()).isEqualTo(Instant.parse("2026-11-21T09:30:29Z"));
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
  }

  @Test
  @Tag("G8")
  void aTableThatWasCreatedAgainBeginsANewChain() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(
        Duration.ofSeconds(60),
        () -> {
          capture.table.id = "99999999-7d34-4b61-9a52-0c6f1d2e3b47";
          capture.stream.switchOn();
        });
    capture.putAfter(120, "b", "1");
    capture.stopAfter(Duration.ofMinutes(5));

    CaptureResult result = capture.run();

    assertGap(result, Reason.TABLE_RECREATED);
    assertThat(capture.newest().chain().table().tableId()).startsWith("99999999");
    assertThat(capture.changes(capture.newest())).containsExactly("100 b");
  }

  @Test
  @Tag("G8")
  void aTableThatWasDeletedIsCapturedAgainWhenItComesBack() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(
        Duration.ofSeconds(60),
        () -> {
          capture.table.exists = false;
          capture.stream.switchOff();
        });
    capture.time.after(Duration.ofMinutes(10), () -> capture.table.exists = true);
    capture.stopAfter(Duration.ofMinutes(15));

    CaptureResult result = capture.run();

    assertGap(result, Reason.TABLE_DELETED);
    assertThat(capture.heard(CaptureEvent.TableMissing.class)).hasSize(1);
  }

  /** Also one that a commit has which was not complete to it yet when the table was deleted. */
  @ParameterizedTest
  @ValueSource(ints = {20, 23, 26, 29, 30, 31, 32, 33})
  @Tag("G8")
  void theLastChangeOfADeletedTableCanBeRestoredTo(int second) throws Exception {
    Instant last = capture.time.instant().plusSeconds(second);
    capture.putAfter(5, "a", "1");
    capture.putAfter(second, "a", "2");
    capture.time.after(
        Duration.ofSeconds(second).plusMillis(1500),
        () -> {
          capture.table.exists = false;
          capture.stream.switchOff();
        });
    capture.time.after(Duration.ofMinutes(3), () -> capture.table.exists = true);
    capture.stopAfter(Duration.ofMinutes(5));

    assertGap(capture.run(), Reason.TABLE_DELETED);

    ChainLog chain = capture.chains().get(0);
    assertThat(capture.changes(chain)).containsExactly("100 a", "101 a");
    assertThat(chain.end().orElseThrow().completeTo()).isAfter(last);
    assertThat(chain.last().orElseThrow().completeTo()).isAfter(last);
  }

  @Test
  @Tag("G8")
  void theLastChangeOfATableThatWasDeletedMeanwhileCanBeRestoredTo() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.putAfter(50, "a", "2");
    capture.stopAfter(Duration.ofSeconds(51));
    capture.run();
    capture.table.exists = false;
    capture.stream.switchOff();
    capture.time.pass(Duration.ofHours(1));
    capture.time.after(Duration.ofMinutes(1), () -> capture.table.exists = true);
    capture.stopAfter(Duration.ofMinutes(5));

    assertGap(capture.run(), Reason.TABLE_DELETED);

    ChainLog chain = capture.chains().get(0);
    assertThat(capture.changes(chain)).containsExactly("100 a", "101 a");
    assertThat(chain.last().orElseThrow().completeTo())
        .isEqualTo(Instant.parse("2026-11-21T09:30:51Z"));
    assertThat(chain.end().orElseThrow().completeTo())
        .isEqualTo(Instant.parse("2026-11-21T09:30:51Z"));
  }

  /** The table may have been changed in that second after its stream was switched off. */
  @ParameterizedTest
  @ValueSource(ints = {20, 23, 26, 29, 30, 31, 32, 33})
  @Tag("G8")
  void aStreamThatWasSwitchedOffIsCompleteToItsLastChange(int second) throws Exception {
    Instant last = capture.time.instant().plusSeconds(second);
    capture.putAfter(5, "a", "1");
    capture.putAfter(second, "a", "2");
    capture.time.after(Duration.ofSeconds(second).plusMillis(1500), capture.stream::switchOff);
    capture.stopAfter(Duration.ofMinutes(5));

    assertGap(capture.run(), Reason.STREAM_DISABLED);

    ChainLog chain = capture.chains().get(0);
    assertThat(chain.end().orElseThrow().completeTo()).isEqualTo(last);
  }

  @Test
  @Tag("G8")
  void recordsThatWereTrimmedEndTheChain() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofSeconds(60));
    capture.run();
    for (int change = 2; change < 6; change++) {
      capture.stream.put("a", String.valueOf(change));
    }
    capture.time.pass(Duration.ofHours(25));
    capture.stream.trim(4);
    capture.putAfter(5, "b", "1");
    capture.stopAfter(Duration.ofSeconds(60));

    CaptureResult result = capture.run();

    assertGap(result, Reason.TRIMMED);
    assertThat(capture.changes(capture.chains().get(0))).containsExactly("100 a");
    assertThat(capture.changes(capture.newest())).contains("105 b");
  }

  /** What a stream has kept may be all there was, or what is left of it: nobody can tell. */
  @Test
  @Tag("G8")
  void aCaptureThatWasAwayForADayBeginsANewChain() throws Exception {
    capture.stopAfter(Duration.ofSeconds(60));
    capture.run();
    capture.time.pass(Duration.ofHours(25));
    capture.stopAfter(Duration.ofSeconds(60));

    assertGap(capture.run(), Reason.TRIMMED);
  }

  @Test
  @Tag("G9")
  void aChangeThatContradictsTheOneBeforeItEndsTheChain() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(Duration.ofSeconds(40), () -> capture.stream.putUnseen("a", "unseen"));
    capture.putAfter(50, "a", "3");
    capture.putAfter(90, "a", "4");
    capture.stopAfter(Duration.ofMinutes(3));

    CaptureResult result = capture.run();

    assertGap(result, Reason.CONTRADICTION);
    assertThat(capture.changes(capture.chains().get(0))).containsExactly("100 a");
    assertThat(capture.changes(capture.newest())).contains("102 a").doesNotContain("100 a");
  }

  /** Each base costs a scan of the table. */
  @Test
  void aTableThatContradictsItselfAllTheTimeIsNotScannedAllTheTime() throws Exception {
    for (int minute = 1; minute < 120; minute++) {
      capture.putAfter(60L * minute, "a", "change " + minute);
      capture.time.after(
          Duration.ofSeconds(60L * minute + 30), () -> capture.stream.putUnseen("a", "unseen"));
    }
    capture.stopAfter(Duration.ofHours(2));

    CaptureResult result = capture.run();

    assertThat(result.gaps()).hasSizeBetween(4, 9);
  }

  @Test
  void aTableThatDoesNotExistCannotBeCaughtUpWith() {
    capture.table.exists = false;

    failure(ErrorCode.TABLE_NOT_FOUND, capture::once);
  }

  private void assertGap(CaptureResult result, Reason reason) {
    assertThat(result.gaps()).extracting(ChainEnd::reason).containsExactly(reason);
    assertThat(capture.chains()).hasSize(2);
    assertThat(capture.chains().get(0).end().orElseThrow().reason()).isEqualTo(reason);
    assertThat(capture.newest().end()).isEmpty();
    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.heard(CaptureEvent.Gap.class)).hasSize(1);
  }
}
