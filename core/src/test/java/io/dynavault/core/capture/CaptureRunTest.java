// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainEnd.Reason;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

  @Test
  @Tag("F13")
  void anOutageOfTheEndpointIsGoneThrough() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(
        Duration.ofSeconds(20),
        () ->
            capture.stream.beforeEachCall(
                operation -> {
                  throw TestingStream.away();
                }));
    capture.putAfter(60, "a", "2");
    capture.time.after(
        Duration.ofMinutes(30), () -> capture.stream.beforeEachCall(operation -> {}));
    capture.stopAfter(Duration.ofMinutes(40));

    CaptureResult result = capture.run();

    assertThat(result.gaps()).isEmpty();
    assertThat(capture.changes(capture.newest())).containsExactly("100 a", "101 a");
    assertThat(capture.heard(CaptureEvent.Failed.class)).isNotEmpty();
  }

  @Test
  void anOutageOfHoursEndsIt() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(
        Duration.ofSeconds(20),
        () ->
            capture.stream.beforeEachCall(
                operation -> {
                  throw TestingStream.away();
                }));
    capture.stopAfter(Duration.ofHours(10));

    failure(ErrorCode.SERVICE_UNAVAILABLE, capture::run);

    assertThat(capture.time.instant()).isBefore(Instant.parse("2026-11-21T11:00:00Z"));
  }

  @Test
  void aBaseThatFailsIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    capture.makeBasesBy(
        (chain, context) -> {
          if (attempts.incrementAndGet() < 3) {
            throw new DynavaultException(ErrorCode.THROTTLED, "unable to scan: throttled");
          }
          return capture.scanned(chain, context);
        });
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofMinutes(5));

    capture.run();

    assertThat(attempts).hasValue(3);
    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
  }

  /** Nothing is lost and nothing is there twice, whichever call fails. */
  @Test
  @Tag("G9")
  void anyWriteMayFail() throws Exception {
    int writes = writesOf(new TestingCapture(), Integer.MAX_VALUE);
    assertThat(writes).isGreaterThan(8);
    for (int failing = 1; failing <= writes; failing++) {
      TestingCapture other = new TestingCapture();
      int failed = failing;
      assertThat(writesOf(other, failed)).as("write %d", failed).isGreaterThanOrEqualTo(failed);
      assertThat(other.chains()).as("chains after write %d failed", failed).hasSize(1);
      assertThat(other.changes(other.newest()))
          .as("changes after write %d failed", failed)
          .containsExactly("100 a", "101 a", "102 b");
      assertThat(other.newest().bases()).hasSize(1);
    }
  }

  /** Runs a capture of which one write fails, and goes on with it where that has ended it. */
  private static int writesOf(TestingCapture other, int failing) throws Exception {
    AtomicInteger writes = new AtomicInteger();
    CallbackStore store = new CallbackStore(other.testing.memory);
    store.beforeEachWrite(
        key -> {
          if (!key.startsWith("locks/") && writes.incrementAndGet() == failing) {
            throw new DynavaultException(ErrorCode.STORE_FAILED, "unable to write: no");
          }
        });
    other.stream.switchOn();
    other.putAfter(5, "a", "1");
    other.putAfter(25, "a", "2");
    other.putAfter(26, "b", "1");
    other.stopAfter(Duration.ofMinutes(2));
    other.runOn("here", store);
    return writes.get();
  }

  @Test
  @Tag("G9")
  @Tag("F13")
  void anyReadMayFail() throws Exception {
    int reads = readsOf(new TestingCapture(), Integer.MAX_VALUE);
    assertThat(reads).isGreaterThan(20);
    for (int failing = 1; failing <= reads; failing++) {
      TestingCapture other = new TestingCapture();

      readsOf(other, failing);

      assertThat(other.chains()).as("chains after read %d failed", failing).hasSize(1);
      assertThat(other.changes(other.newest()))
          .as("changes after read %d failed", failing)
          .containsExactly("100 a", "101 a", "102 b");
      assertThat(other.newest().bases()).as("bases, read %d failed", failing).hasSize(1);
    }
  }

  /** Runs a capture of which one read of the vault or the stream fails. */
  private static int readsOf(TestingCapture other, int failing) throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Runnable count =
        () -> {
          if (reads.incrementAndGet() == failing) {
            throw TestingStream.away();
          }
        };
    other.stream.switchOn();
    other.stream.beforeEachCall(operation -> count.run());
    other.putAfter(5, "a", "1");
    other.putAfter(25, "a", "2");
    other.putAfter(26, "b", "1");
    other.stopAfter(Duration.ofSeconds(100));
    other.runOn("here", new UnreadableStore(other.testing.memory, count));
    return reads.get();
  }

  /** A store whose every read of anything but leases is announced. */
  private static final class UnreadableStore extends ForwardingStore {
    private final Runnable beforeEachRead;

    UnreadableStore(ObjectStore store, Runnable beforeEachRead) {
      super(store);
      this.beforeEachRead = beforeEachRead;
    }

    @Override
    public Optional<ObjectInfo> stat(String key) {
      announce(key);
      return super.stat(key);
    }

    @Override
    public ObjectDownload read(String key) {
      announce(key);
      return super.read(key);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> consumer) {
      announce(prefix);
      super.list(prefix, consumer);
    }

    private void announce(String key) {
      if (!key.startsWith("locks/") && !key.equals("vault.json")) {
        beforeEachRead.run();
      }
    }
  }

  /** As if the process was killed before a write: the next one has everything. */
  @Test
  @Tag("G9")
  void anyWriteMayBeTheLastOfAProcess() throws Exception {
    int writes = writesOf(new TestingCapture(), Integer.MAX_VALUE);
    for (int last = 1; last <= writes; last++) {
      TestingCapture other = new TestingCapture();
      dieBefore(other, last);
      other.stopAfter(Duration.ofMinutes(2));

      other.runOn("elsewhere", other.testing.memory);

      assertThat(other.chains()).as("chains after a crash before write %d", last).hasSize(1);
      assertThat(other.newest().bases()).as("bases after write %d", last).hasSize(1);
      boolean begun = last > 1; // else all was changed before there was a chain
      assertThat(other.changes(other.newest()))
          .as("changes after a crash before write %d", last)
          .isEqualTo(begun ? List.of("100 a", "101 a", "102 b") : List.of());
      assertThat(orphans(other)).as("files that no commit names").isLessThanOrEqualTo(1);
    }
  }

  private static void dieBefore(TestingCapture other, int last) {
    AtomicInteger writes = new AtomicInteger();
    CallbackStore store = new CallbackStore(other.testing.memory);
    store.beforeEachWrite(
        key -> {
          boolean counts = !key.startsWith("locks/");
          boolean renewal = Thread.currentThread().getName().equals(LeaseKeeper.THREAD_NAME);
          if (renewal) {
            return; // of a dead process there is none, and this one will be seen to have run out
          }
          if (writes.get() >= last || (counts && writes.incrementAndGet() == last)) {
            throw new Killed();
          }
        });
    other.stream.switchOn();
    other.putAfter(5, "a", "1");
    other.putAfter(25, "a", "2");
    other.putAfter(26, "b", "1");
    other.stopAfter(Duration.ofMinutes(2));
    try {
      other.runOn("here", store);
    } catch (Killed | InterruptedException e) {
      // as it is meant
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static long orphans(TestingCapture other) {
    List<String> named =
        other.newest().commitsFrom(1).stream()
            .flatMap(commit -> commit.files().stream())
            .map(ChangeFile::key)
            .toList();
    return other.testing.keys(other.newest().chain().keys().data()).stream()
        .filter(key -> !named.contains(key))
        .count();
  }

  /** Else a table that cannot be scanned would lose its changes, too. */
  @Test
  @Tag("G9")
  void changesAreCommittedThoughTheBaseCannotBeMade() throws Exception {
    capture.makeBasesBy(
        (chain, context) -> {
          throw new DynavaultException(ErrorCode.ACCESS_DENIED, "unable to scan: denied");
        });
    capture.putAfter(1, "a", "1");

    DynavaultException denied = failure(ErrorCode.ACCESS_DENIED, capture::once);

    assertThat(denied).hasMessageContaining("unable to scan");
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
    assertThat(capture.newest().bases()).isEmpty();
  }

  @Test
  void aBaseThatFailsInPassingIsTriedAgainByACaptureThatEndsByItself() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    capture.makeBasesBy(
        (chain, context) -> {
          if (attempts.incrementAndGet() < 3) {
            throw TestingStream.away();
          }
          return capture.scanned(chain, context);
        });

    capture.once();

    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.heard(CaptureEvent.Failed.class)).hasSize(2);
  }

  /** What a function has time for: a base is begun by one invocation and ended by another. */
  @Test
  void whatWasReadIsCommittedThoughTheBaseWasStopped() throws Exception {
    capture.makeBasesBy(
        (chain, context) -> {
          while (!context.stop().isRequested()) {
            Thread.onSpinWait();
          }
          throw context.stop().interrupted("the scan");
        });
    capture.scanTakesTime();
    capture.putAfter(3, "a", "1");
    capture.stopAfter(Duration.ofSeconds(8));

    CaptureResult result = capture.once();

    assertThat(result.completeTo().orElseThrow())
        .isAfterOrEqualTo(Instant.parse("2026-11-21T09:30:03Z"));
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
    assertThat(capture.heard(CaptureEvent.Failed.class)).isEmpty();
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
