// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static io.dynavault.core.continuous.TestingLog.ID;
import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.TestingPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Commit <i>n</i> of the chain is written at second 10 <i>n</i> and complete to five before. */
class BacktrackPlannerTest {
  private final TestingLog testing = new TestingLog();
  private final StopSignal stop = new StopSignal();
  private InstantSource server = testing.time;
  private int waits;
  private final TableDefinition table = TestingPoints.definition("orders");

  @Test
  void waitsUntilTheCaptureHasAllChangesUpToNow() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofSeconds(31));
    testing.time.after(Duration.ofSeconds(4), () -> testing.log.append(testing.commit(4, 35)));
    testing.time.after(Duration.ofSeconds(9), () -> testing.log.append(testing.commit(5, 40)));
    BacktrackPlan plan = plan(BacktrackRequest.everything(at(7)));
    assertThat(plan.lastCommit()).isEqualTo(5);
    assertThat(plan.completeTo()).isEqualTo(at(35));
    assertThat(plan.chain()).isEqualTo(ID);
    assertThat(waits).isEqualTo(1);
    assertThat(testing.time.instant()).isEqualTo(at(31 + 10));
  }

  @Test
  void whatWasWrittenInThisSecondIsWaitedFor() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofMillis(31_400));
    testing.time.after(Duration.ofSeconds(2), () -> testing.log.append(testing.commit(4, 36)));
    testing.time.after(Duration.ofSeconds(4), () -> testing.log.append(testing.commit(5, 37)));
    BacktrackPlan plan = plan(BacktrackRequest.everything(at(7)));
    assertThat(plan.completeTo()).isEqualTo(at(32));
  }

  /** Changes have DynamoDB's times: a machine that is behind would leave out the newest of them. */
  @Test
  void nowIsByTheClockOfDynamoDb() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofSeconds(31));
    server = () -> testing.time.instant().plusSeconds(20);
    testing.time.after(Duration.ofSeconds(2), () -> testing.log.append(testing.commit(4, 51)));
    testing.time.after(Duration.ofSeconds(6), () -> testing.log.append(testing.commit(5, 57)));
    assertThat(plan(BacktrackRequest.everything(at(40))).completeTo()).isEqualTo(at(52));
  }

  @Test
  void aMachineThatIsAheadDoesNotWaitForTimesToCome() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofMinutes(10));
    server = () -> at(24);
    assertThat(plan(BacktrackRequest.everything(at(7))).completeTo()).isEqualTo(at(25));
    assertThat(waits).isZero();
  }

  @Test
  void aCaptureOnAMachineThatIsBehindRunsNevertheless() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofHours(2));
    Commit fresh = testing.commit(4, 40);
    testing.log.append(
        new Commit(
            fresh.chain(),
            fresh.number(),
            fresh.written(),
            fresh.epoch(),
            testing.time.instant().minusSeconds(20),
            fresh.files(),
            fresh.positions(),
            fresh.counts(),
            fresh.late()));
    Instant soon = testing.time.instant().plusSeconds(2);
    testing.time.after(
        Duration.ofSeconds(4),
        () ->
            testing.log.append(
                new Commit(
                    fresh.chain(),
                    5,
                    fresh.written(),
                    fresh.epoch(),
                    soon,
                    List.of(),
                    fresh.positions(),
                    ChangeCounts.NONE,
                    Optional.empty())));
    assertThat(plan(BacktrackRequest.everything(at(7))).completeTo()).isEqualTo(soon);
  }

  @Test
  void aSpanThatIsCompleteNeedsNoWaiting() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofHours(5));
    assertThat(plan(until(7, 25)).lastCommit()).isEqualTo(3);
    assertThat(waits).isZero();
    assertThat(testing.time.instant()).isEqualTo(at(5 * 3600));
  }

  @Test
  void aCaptureThatDoesNotRunIsToldWithWhatCanBeDone() {
    testing.append(3, 10);
    testing.time.pass(Duration.ofHours(5));
    assertThatThrownBy(() -> plan(BacktrackRequest.everything(at(7))))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TIME_INVALID);
              assertThat(e.hint())
                  .isEqualTo(
                      "see it with: dynavault continuous status; roll back what is known with"
                          + " --changed-to 2026-11-21T09:30:25Z");
            })
        .hasMessage(
            "unable to roll back table 'orders' to 2026-11-21T09:30:07Z: its continuous backup has"
                + " the changes before 2026-11-21T09:30:25Z only; is the capture running?");
  }

  @Test
  void aCaptureThatStandsStillIsWaitedForOnlySoLong() {
    testing.append(3, 10);
    testing.time.pass(Duration.ofSeconds(40));
    assertThatThrownBy(() -> plan(BacktrackRequest.everything(at(7))))
        .hasMessageContaining("is the capture running?");
    assertThat(testing.time.instant()).isEqualTo(at(40).plus(BacktrackPlanner.PATIENCE));
  }

  @Test
  void aChainThatHasEndedKnowsNothingOfWhatCameLater() throws Exception {
    testing.append(3, 10);
    testing.time.pass(Duration.ofSeconds(31));
    testing.log.end(
        new ChainEnd(
            ID, ChainEnd.Reason.STREAM_DISABLED, "the stream was switched off", at(25), at(31)));
    assertThatThrownBy(() -> plan(BacktrackRequest.everything(at(7))))
        .hasMessageEndingWith(
            "before 2026-11-21T09:30:25Z only; it has ended: the stream was switched off");
    assertThat(plan(until(7, 20)).lastCommit()).isEqualTo(3);
  }

  @Test
  void aTimeBeforeTheChainIsRefused() {
    testing.append(3, 10);
    testing.time.pass(Duration.ofSeconds(31));
    assertThatThrownBy(() -> plan(BacktrackRequest.everything(START)))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e ->
                assertThat(e.hint())
                    .startsWith("the nearest time is 2026-11-21T09:30:01Z; or go back"))
        .hasMessageEndingWith("its continuous backup began at 2026-11-21T09:30:00Z");
    assertThatThrownBy(() -> plan(BacktrackRequest.everything(at(32))))
        .hasMessageEndingWith("that is in the future");
  }

  @Test
  void aTableWithoutAChainIsToldTheOtherWay() {
    TableDefinition other = TableOverrides.none().withTableName("others").apply(table);
    assertThatThrownBy(
            () ->
                new BacktrackPlanner(testing.memory, server, () -> waits++, context())
                    .plan(other, BacktrackRequest.everything(at(7))))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
              assertThat(e.hint())
                  .contains("dynavault restore others --at TIME --on-conflict identical");
            });
  }

  @Test
  void aStopEndsTheWait() {
    testing.append(3, 10);
    testing.time.pass(Duration.ofSeconds(31));
    stop.request();
    assertThatThrownBy(() -> plan(BacktrackRequest.everything(at(7))))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
  }

  @Test
  void aSpanInWhichNothingCanBeIsRefused() {
    assertThatThrownBy(() -> until(7, 7))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIME_INVALID));
  }

  private BacktrackPlan plan(BacktrackRequest request) throws InterruptedException {
    return new BacktrackPlanner(testing.memory, server, () -> waits++, context())
        .plan(table, request);
  }

  private RunContext context() {
    return new RunContext(
        new Timing(testing.time, testing.time, new Random(1)),
        testing.time,
        new Progress("orders"),
        stop);
  }

  private static BacktrackRequest until(long toTime, long changedTo) {
    return new BacktrackRequest(
        at(toTime),
        Optional.empty(),
        Optional.of(at(changedTo)),
        Optional.empty(),
        ItemSelection.everything());
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
