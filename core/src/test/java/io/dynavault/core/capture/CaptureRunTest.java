// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainEnd.Reason;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CaptureRunTest {
  private final TestingCapture capture = new TestingCapture();

  @BeforeEach
  void switchOn() {
    capture.stream.switchOn();
  }

  @Test
  @Tag("G5")
  void commitsWhatIsChangedAndMakesABase() throws Exception {
    capture.stream.put("before", "1");
    capture.putAfter(5, "a", "1");
    capture.putAfter(25, "a", "2");
    capture.putAfter(26, "b", "1");
    capture.putAfter(70, "a", null);
    capture.stopAfter(Duration.ofMinutes(2));

    CaptureResult result = capture.run();

    ChainLog chain = capture.newest();
    assertThat(capture.changes(chain)).containsExactly("101 a", "102 a", "103 b", "104 a");
    assertThat(result.changes().inserts()).isEqualTo(2);
    assertThat(result.changes().modifies()).isOne();
    assertThat(result.changes().removes()).isOne();
    assertThat(result.gaps()).isEmpty();
    Base base = chain.bases().get(0);
    assertThat(base.afterCommit()).isZero();
    assertThat(base.restorableFrom()).isEqualTo(Instant.parse("2026-11-21T09:30:01Z"));
    assertThat(result.completeTo().orElseThrow())
        .isBetween(Instant.parse("2026-11-21T09:31:50Z"), Instant.parse("2026-11-21T09:32:00Z"));
  }

  /** Many shards take seconds: what is changed meanwhile is in no record, and in the base. */
  @Test
  @Tag("G5")
  void theWindowBeginsWhenAllPositionsAreFixed() throws Exception {
    capture.stream.beforeEachCall(
        operation -> {
          if (operation.equals("GetShardIterator")) {
            capture.time.pass(Duration.ofSeconds(20));
            capture.stream.put("meanwhile", "1");
          }
        });
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    assertThat(capture.changes(capture.newest())).isEmpty();
    assertThat(capture.newest().bases().get(0).restorableFrom())
        .isEqualTo(Instant.parse("2026-11-21T09:30:21Z"));
  }

  /** Of a base it counts what it may have seen: all changes until after its end. */
  @Test
  void aBaseCountsWhenAllIsThereThatItMayHaveSeen() throws Exception {
    capture.putAfter(1, "a", "1");
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    ChainLog chain = capture.newest();
    Base base = chain.bases().get(0);
    Commit with = chain.commits(base.completeWith(), base.completeWith()).get(0);
    Instant scanned =
        capture
            .testing
            .vault
            .catalog()
            .get("orders", base.recoveryPoint())
            .orElseThrow()
            .point()
            .startTime();
    assertThat(with.completeTo()).isAfter(scanned);
  }

  @Test
  @Tag("G5")
  void goesOnWithTheLastCommitAndTheSameBase() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofSeconds(60));
    capture.run();
    capture.stream.put("a", "2");
    capture.time.pass(Duration.ofHours(20));
    capture.putAfter(5, "a", "3");
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    assertThat(capture.chains()).hasSize(1);
    assertThat(capture.changes(capture.newest())).containsExactly("100 a", "101 a", "102 a");
    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.heard(CaptureEvent.Resumed.class)).hasSize(1);
  }

  @Test
  void theWindowOfATableThatNobodyChangesGoesOnEveryMinute() throws Exception {
    capture.stopAfter(Duration.ofMinutes(10));

    capture.run();

    List<Commit> commits = capture.newest().commitsFrom(1);
    assertThat(commits).hasSizeBetween(10, 13);
    assertThat(commits).allSatisfy(commit -> assertThat(commit.files()).isEmpty());
  }

  /** Though nothing follows it for long. */
  @Test
  @Tag("G5")
  void aLoneChangeCanSoonBeRestoredTo() throws Exception {
    Instant change = capture.time.instant().plusSeconds(150);
    capture.putAfter(150, "a", "1");
    capture.stopAfter(Duration.ofMinutes(4));

    capture.run();

    assertThat(capture.newest().commitsFrom(1))
        .anyMatch(
            commit ->
                commit.completeTo().isAfter(change)
                    && commit.written().isBefore(change.plusSeconds(15)));
  }

  @Test
  void aFileThatIsLargeEnoughIsCommittedAtOnce() throws Exception {
    for (int second = 1; second <= 5; second++) {
      capture.putAfter(second, "a", "x".repeat(600) + second);
    }
    capture.stopAfter(Duration.ofSeconds(20));

    capture.run(
        capture.testing.vault, new CaptureOptions(Duration.ofMinutes(30), 1000, Until.STOPPED));

    assertThat(capture.newest().commitsFrom(1).stream().filter(c -> !c.files().isEmpty()))
        .hasSizeGreaterThan(3);
  }

  @Test
  void catchesUpAndEnds() throws Exception {
    capture.stream.put("a", "1");
    capture.once();
    capture.stream.put("a", "2");
    capture.time.pass(Duration.ofSeconds(2));
    Instant asked = capture.time.instant();

    CaptureResult result = capture.once();

    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.changes(capture.newest())).contains("101 a");
    assertThat(result.completeTo().orElseThrow()).isAfterOrEqualTo(asked);
  }

  @Test
  void switchesAStreamOnWhereThereIsNone() throws Exception {
    capture.stream.switchOff();
    capture.stopAfter(Duration.ofSeconds(30));

    capture.run();

    assertThat(capture.heard(CaptureEvent.StreamEnabled.class)).hasSize(1);
    assertThat(capture.newest().bases()).hasSize(1);
  }

  @Test
  void refusesAStreamWithoutOldImages() {
    capture.table.view = "NEW_IMAGE";

    DynavaultException refused = failure(ErrorCode.STREAM_UNFIT, capture::run);

    assertThat(refused).hasMessageContaining("NEW_IMAGE");
    assertThat(refused.hint()).contains("StreamEnabled=false");
    assertThat(capture.chains()).isEmpty();
  }

  @Test
  void refusesATableThatDoesNotExist() {
    capture.table.exists = false;

    failure(ErrorCode.TABLE_NOT_FOUND, capture::run);
  }

  /** Else the table could not be captured any more: nobody can write a commit anew. */
  @ParameterizedTest
  @ValueSource(strings = {"gone", "damaged", "both damaged"})
  @Tag("G9")
  void aChainWhoseCommitsAreDamagedEndsAndANewOneBegins(String how) throws Exception {
    capture.putAfter(5, "a", "1");
    capture.putAfter(50, "a", "2");
    capture.stopAfter(Duration.ofSeconds(100));
    capture.run();
    ChainLog damaged = capture.newest();
    long last = damaged.last().orElseThrow().number();
    Commit before = damaged.commits(last - 2, last - 2).get(0);
    String key = damaged.chain().keys().commit(last - 1);
    if (how.equals("gone")) {
      capture.testing.memory.delete(key);
    } else {
      capture.testing.memory.put(key, new byte[] {'{'});
    }
    if (how.equals("both damaged")) {
      capture.testing.memory.put(damaged.chain().keys().commit(last), new byte[] {'{'});
    }
    capture.putAfter(30, "b", "1");
    capture.stopAfter(Duration.ofSeconds(60));

    CaptureResult result = capture.run();

    assertGap(result, Reason.DAMAGED);
    ChainEnd end = damaged.end().orElseThrow();
    assertThat(end.completeTo()).isEqualTo(before.completeTo());
    assertThat(end.detail()).contains("the vault is damaged: ");
    assertThat(capture.changes(capture.newest())).containsExactly("102 b");
    assertThat(capture.newest().bases()).hasSize(1);
  }

  /** A base that was made of commits that are lost would miss those that got their numbers. */
  @Test
  @Tag("G9")
  void numbersOfLostCommitsAreNotGivenAgain() throws Exception {
    capture.putAfter(50, "a", "2");
    capture.stopAfter(Duration.ofSeconds(100));
    capture.run();
    ChainLog cut = capture.newest();
    Commit last = cut.last().orElseThrow();
    Base scanned = cut.bases().get(0);
    RecoveryPoint compacted =
        capture.testing.commit(TestingPoints.point("orders", capture.time.instant())).point();
    cut.add(
        new Base(
            scanned.chain(),
            compacted.id(),
            last.number(),
            Optional.of(last.completeTo()),
            last.number(),
            last.completeTo()));
    capture.testing.memory.delete(cut.chain().keys().commit(last.number()));
    capture.stopAfter(Duration.ofSeconds(60));

    assertGap(capture.run(), Reason.DAMAGED);

    assertThat(cut.last().orElseThrow().number()).isEqualTo(last.number() - 1);
  }

  @Test
  @Tag("G9")
  void aChainWhoseDescriptionIsDamagedDoesNotKeepANewOneAway() throws Exception {
    capture.stopAfter(Duration.ofSeconds(60));
    capture.run();
    capture.testing.memory.put(capture.newest().chain().keys().description(), new byte[] {'{'});
    capture.putAfter(30, "b", "1");
    capture.stopAfter(Duration.ofSeconds(60));

    CaptureResult result = capture.run();

    assertThat(result.gaps()).extracting(ChainEnd::reason).containsExactly(Reason.DAMAGED);
    assertThat(capture.changes(capture.newest())).containsExactly("100 b");
  }

  private void assertGap(CaptureResult result, Reason reason) {
    assertThat(result.gaps()).extracting(ChainEnd::reason).containsExactly(reason);
    assertThat(capture.chains()).hasSize(2);
    assertThat(capture.chains().get(0).end().orElseThrow().reason()).isEqualTo(reason);
    assertThat(capture.newest().end()).isEmpty();
    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.heard(CaptureEvent.Gap.class)).hasSize(1);
  }

  @Test
  void tellsWhichRecordsAreInACommit() throws Exception {
    capture.putAfter(1, "a", "1");
    capture.putAfter(15, "a", "2");
    capture.stopAfter(Duration.ofSeconds(60));

    capture.run();

    assertThat(capture.told.stream().filter(what -> !what.equals("commit 0 changes")))
        .containsSubsequence(
            "begun", "read 100", "commit 1 changes", "read 101", "commit 1 changes");
  }
}
