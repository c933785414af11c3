// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.gc.Debris;
import io.dynavault.core.gc.GcPlan;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.testing.aws.AwsError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exports that fail, are forgotten, or are not what they should be. */
class ExportFailuresTest {
  private static final String FIRST = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";
  private static final String SECOND = "{\"pk\":{\"S\":\"b\"}}";
  private static final ExportScope NOW = new ExportScope.Now();

  private final ExportWorld world = new ExportWorld(FIRST, SECOND);

  private static AwsError forgotten() {
    return AwsError.of("ExportNotFoundException", "Export not found");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aFailedExportTellsWhyAndLeavesNothing() {
    world.recoverable();
    ExportPlan plan =
        new ExportPlan("Orders", 0, 0, List.of(elsewhere(world.order(NOW))), List.of());

    DynavaultException failed = failure(() -> world.run().start(plan));

    assertThat(failed.code()).isEqualTo(ErrorCode.VAULT_NOT_FOUND);
    assertThat(failed)
        .hasMessageStartingWith(
            "unable to export table 'Orders': S3NoSuchBucket: The specified bucket does not exist");
    assertThat(failed.hint()).contains("no-such-bucket", "--bucket-owner");
    assertThat(world.exports.unfinished("Orders")).isEmpty();
    assertThat(world.keys("runs/")).isEmpty();
    assertThat(world.points()).isEmpty();
  }

  /** What AWS had written before it failed is found and removed, without a grace. */
  @Test
  void whatAFailedExportHasLeftIsCollected() throws InterruptedException {
    world.recoverable();
    StartedExport started = world.exports.start(elsewhere(world.order(NOW)));
    world.vault.store().put(started.folder() + "/_started", new byte[0]);
    assertThat(new GcPlanner(world.vault, Duration.ofDays(1)).plan().debris()).isEmpty();

    assertThat(failure(() -> world.exports.commit(started)).code())
        .isEqualTo(ErrorCode.VAULT_NOT_FOUND);

    assertThat(world.exports.unfinished(ExportWorld.TABLE)).isEmpty();
    GcPlan plan = new GcPlanner(world.vault, Duration.ofDays(1)).plan();
    assertThat(plan.debris()).extracting(Debris::kind).containsExactly(Debris.Kind.ABANDONED_RUN);
    GcResult result = new GcRun(world.vault, Duration.ofDays(1), ManagedBackups.none()).run(plan);
    assertThat(result.failed()).isEmpty();
    assertThat(world.keys(started.folder())).isEmpty();
    assertThat(world.keys("runs/")).isEmpty();
  }

  @Test
  void anExportOfATableThatWasMadeAgainIsGivenUp() throws InterruptedException {
    world.recoverable();
    ExportOrder order = world.order(NOW);
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.stub.declareTable(ExportWorld.ORDERS);
    world.recoverable();

    failure(() -> run(order));

    assertThat(world.exports.unfinished(ExportWorld.TABLE)).isEmpty();
    assertThat(new GcPlanner(world.vault, Duration.ofDays(1)).plan().debris()).hasSize(1);
  }

  @Test
  void anExportThatAwsHasForgottenIsRecordedFromItsFiles() throws InterruptedException {
    world.recoverable();
    StartedExport started = world.exports.start(world.order(NOW));
    world.exports.poll(started);
    world.stub.failNext("DescribeExport", forgotten(), 2);

    assertThat(world.run().resume(ExportWorld.TABLE).recoveryPoints())
        .extracting(point -> point.id())
        .containsExactly(started.id());
    assertThat(world.keys("runs/")).isEmpty();
  }

  @Test
  void anExportThatAwsDoesNotKnowKeepsItsJournalAndStopsNoOther() throws InterruptedException {
    world.recoverable();
    StartedExport unknown = world.exports.start(elsewhere(world.order(NOW)));
    world.stub.clock().advance(Duration.ofMinutes(5));
    StartedExport known = world.exports.start(world.order(NOW));
    world.stub.failNext("DescribeExport", forgotten(), 2);

    DynavaultException incomplete = failure(() -> world.run().resume(ExportWorld.TABLE));

    assertThat(incomplete.code()).isEqualTo(ErrorCode.EXPORT_NOT_FOUND);
    assertThat(incomplete).hasMessageContaining("1 of 2 exports are in the vault");
    assertThat(world.points()).extracting(point -> point.id()).containsExactly(known.id());
    assertThat(world.exports.unfinished(ExportWorld.TABLE)).containsExactly(unknown);
  }

  @Test
  void whatWasNeverStartedIsNotSaidToGoOn() {
    world.recoverable();
    world.stub.failNext(
        "ExportTableToPointInTime",
        AwsError.of("LimitExceededException", "Too many concurrent exports"),
        1000);

    assertThatThrownBy(() -> world.run(Duration.ofMinutes(10)).start(world.plan(NOW)))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
              assertThat(e.hint()).doesNotContain("--resume");
            });
  }

  @Test
  void waitsWhereTooManyExportsAreInWork() throws InterruptedException {
    world.recoverable();
    world.stub.failNext(
        "ExportTableToPointInTime",
        AwsError.of("LimitExceededException", "Too many concurrent exports"),
        2);

    ExportResult result = world.run().start(world.plan(NOW));

    assertThat(result.recoveryPoints()).hasSize(1);
    assertThat(world.waits).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aThrottledQuestionIsAskedAgain() throws InterruptedException {
    world.recoverable();
    world.stub.throttleNext("DescribeExport", 3);

    assertThat(world.run().start(world.plan(NOW)).recoveryPoints()).hasSize(1);
  }

  @Test
  void aLostAnswerDoesNotMakeASecondExport() throws InterruptedException {
    world.recoverable();
    world.stub.loseNextAnswers("ExportTableToPointInTime", 1);

    world.run().start(world.plan(NOW));

    assertThat(world.stub.requests("ExportTableToPointInTime")).hasSize(2);
    assertThat(world.client.listExports(b -> b.maxResults(25)).exportSummaries()).hasSize(1);
  }

  @Test
  void namesTheMissingPermission() {
    world.recoverable();
    ExportOrder order = world.order(NOW);
    world.stub.failNext(
        "ExportTableToPointInTime",
        AwsError.accessDenied("dynamodb:ExportTableToPointInTime", order.table().tableArn()),
        1);

    DynavaultException denied = failure(() -> world.exports.start(order));

    assertThat(denied.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(denied.hint()).contains("dynamodb:ExportTableToPointInTime");
  }

  @Test
  void refusesAnExportOfATableThatWasMadeAgain() {
    world.recoverable();
    ExportOrder order = world.order(NOW);
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.stub.declareTable(ExportWorld.ORDERS);
    world.recoverable();

    DynavaultException changed = failure(() -> run(order));

    assertThat(changed.code()).isEqualTo(ErrorCode.TABLE_CHANGED);
    assertThat(world.points()).isEmpty();
  }

  @Test
  void refusesAnExportOfWhichAFileIsMissing() {
    world.recoverable();
    StartedExport started = world.exports.start(world.order(NOW));
    world.exports.poll(started);
    String data = started.folder() + "/data/";
    List<String> files = new ArrayList<>();
    world.vault.store().list(data, info -> files.add(info.key()));
    world.vault.store().delete(files.get(0));

    DynavaultException damaged = failure(() -> world.exports.commit(started));

    assertThat(damaged.code()).isEqualTo(ErrorCode.DAMAGED);
    assertThat(damaged).hasMessageContaining(files.get(0));
    assertThat(world.points()).isEmpty();
  }

  @Test
  void refusesAManifestThatWasChanged() {
    world.recoverable();
    StartedExport started = world.exports.start(world.order(NOW));
    world.exports.poll(started);
    world
        .vault
        .store()
        .put(started.folder() + "/manifest-files.json", "{}\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(failure(() -> world.exports.commit(started)).code()).isEqualTo(ErrorCode.DAMAGED);
  }

  private void run(ExportOrder order) throws InterruptedException {
    StartedExport started = world.exports.start(order);
    world.exports.poll(started);
    world.exports.commit(started);
  }

  private static ExportOrder elsewhere(ExportOrder order) {
    return new ExportOrder(
        order.table(),
        new ExportPlace("no-such-bucket", "", order.place().prefix()),
        order.span(),
        order.timing(),
        order.options());
  }

  private static DynavaultException failure(ThrowingCallable... calls) {
    for (int i = 0; i < calls.length - 1; i++) {
      try {
        calls[i].call();
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
    return catchThrowableOfType(DynavaultException.class, calls[calls.length - 1]);
  }
}
