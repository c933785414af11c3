// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportRunTest {
  private static final String FIRST = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";
  private static final String SECOND = "{\"pk\":{\"S\":\"b\"}}";
  private static final ExportScope NOW = new ExportScope.Now();

  private final ExportWorld world = new ExportWorld(FIRST, SECOND);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aCompletedExportIsARecoveryPointOfThatMoment() throws InterruptedException {
    world.recoverable();
    world.stub.doneAfterLooks(3);

    ExportResult result = world.run().start(world.plan(NOW, options()));

    RecoveryPoint point = result.recoveryPoints().get(0);
    assertThat(world.points()).containsExactly(point);
    assertThat(point.method()).isEqualTo(Method.EXPORT);
    assertThat(point.consistency()).isEqualTo(RecoveryPoint.Consistency.POINT_IN_TIME);
    assertThat(point.endTime()).isEqualTo(Instant.parse("2026-01-03T03:04:05Z"));
    assertThat(point.deleteAfter()).contains(Instant.parse("2026-02-02T03:04:05Z"));
    assertThat(point.tags()).containsEntry("reason", "test");
    assertThat(point.table().keySchema().partitionKey().name()).isEqualTo("pk");
    assertThat(point.export().itemCount()).isEqualTo(2);
    assertThat(point.export().dataFiles())
        .hasSize(3)
        .allMatch(file -> file.checksum().isMd5())
        .allMatch(file -> file.key().startsWith("2026-01-03/Orders/AWSDynamoDB/" + point.id()));
    assertThat(items(point)).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(world.exports.unfinished(ExportWorld.TABLE)).isEmpty();
  }

  @Test
  void looksLessAndLessOften() throws InterruptedException {
    world.recoverable();
    world.stub.doneAfterLooks(8);

    world.run().start(world.plan(NOW));

    assertThat(world.waits).isSorted().startsWith(Duration.ofSeconds(5)).hasSize(8);
    assertThat(world.waits.get(7)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void exportsIonAndEncryptsAsAsked() throws InterruptedException {
    world.recoverable();
    ExportOptions options =
        new ExportOptions(
            OutputFormat.ION,
            S3Encryption.kms("alias/vault"),
            Optional.of("111122223333"),
            Map.of(),
            Optional.empty(),
            Optional.empty());

    ExportResult result = world.run().start(world.plan(NOW, options));

    RecoveryPoint point = result.recoveryPoints().get(0);
    assertThat(point.export().outputFormat()).isEqualTo(OutputFormat.ION);
    assertThat(items(point)).containsExactlyInAnyOrder(FIRST, SECOND);
    var request = world.stub.requests("ExportTableToPointInTime").get(0);
    assertThat(request.path("S3SseAlgorithm").asText()).isEqualTo("KMS");
    assertThat(request.path("S3SseKmsKeyId").asText()).isEqualTo("alias/vault");
    assertThat(request.path("S3BucketOwner").asText()).isEqualTo("111122223333");
    assertThat(request.path("S3Prefix").asText()).isEqualTo("2026-01-03/Orders");
  }

  @Test
  void encryptsWithTheAccountsKeyWhereNoneIsNamed() throws InterruptedException {
    world.recoverable();
    ExportOptions options =
        new ExportOptions(
            OutputFormat.DYNAMODB_JSON,
            S3Encryption.kms(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty());

    StartedExport started = world.exports.start(world.plan(NOW, options).orders().get(0));

    var request = world.stub.requests("ExportTableToPointInTime").get(0);
    assertThat(request.path("S3SseAlgorithm").asText()).isEqualTo("KMS");
    assertThat(request.has("S3SseKmsKeyId")).isFalse();
    assertThat(StartedExportParser.fromJson(StartedExportParser.toJson(started)))
        .isEqualTo(started);
  }

  @Test
  void theSameOrderTwiceIsOneExport() throws InterruptedException {
    world.recoverable();
    ExportOrder order = world.order(NOW);

    StartedExport first = world.exports.start(order);
    StartedExport second = world.exports.start(order);

    assertThat(second).isEqualTo(first);
    assertThat(world.exports.unfinished(ExportWorld.TABLE)).containsExactly(first);
    assertThat(world.exports.poll(first).hasEnded()).isTrue();
    RecoveryPoint point = world.exports.commit(first);
    assertThat(world.exports.commit(second)).isEqualTo(point);
    assertThat(world.points()).containsExactly(point);
  }

  @Test
  void aRequestWithAKeyIsTheSameAtAnotherMoment() throws InterruptedException {
    world.recoverable();
    ExportOptions daily = ExportOptions.defaults().withRequestKey("2026-01-03");
    StartedExport first = world.exports.start(world.plan(NOW, daily).orders().get(0));
    world.stub.clock().advance(Duration.ofMinutes(7));

    StartedExport again = world.exports.start(world.plan(NOW, daily).orders().get(0));
    StartedExport other =
        world.exports.start(world.plan(NOW, daily.withRequestKey("another")).orders().get(0));

    assertThat(again.exportArn()).isEqualTo(first.exportArn());
    assertThat(other.exportArn()).isNotEqualTo(first.exportArn());
    world.exports.poll(again);
    assertThat(world.exports.commit(again).id()).isEqualTo(first.id());
  }

  @Test
  void aStartedExportSurvivesAsJson() {
    world.recoverable();
    StartedExport started = world.exports.start(world.plan(NOW, options()).orders().get(0));

    assertThat(StartedExportParser.fromJson(StartedExportParser.toJson(started)))
        .isEqualTo(started);
  }

  @Test
  void anExportThatWasLeftIsRecordedByResuming() throws InterruptedException {
    world.recoverable();
    world.stub.doneAfterLooks(1000);
    world.stop.request();
    DynavaultException stopped =
        failure(() -> world.exports.start(world.order(NOW)), () -> world.run().resume("Orders"));
    assertThat(stopped.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(stopped.hint()).contains("--resume");
    assertThat(world.plan(NOW).notes())
        .containsExactly(
            "an export of table 'Orders' that was started before is not recorded yet: do so with"
                + " --resume");
    StartedExport left = world.exports.unfinished(ExportWorld.TABLE).get(0);
    DynavaultException early = failure(() -> world.exports.commit(left));
    assertThat(early.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
  }

  @Test
  void givesUpWaitingAfterTheLimitAndResumesLater() throws InterruptedException {
    world.recoverable();
    world.stub.doneAfterLooks(20);
    DynavaultException late =
        failure(() -> world.run(Duration.ofMinutes(5)).start(world.plan(NOW)));

    assertThat(late.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(late.hint()).isEqualTo("it goes on there; record it with --resume");
    assertThat(world.points()).isEmpty();
    ExportResult resumed = world.run().resume(ExportWorld.TABLE);
    assertThat(resumed.recoveryPoints()).hasSize(1);
    assertThat(world.stub.requests("ExportTableToPointInTime")).hasSize(1);
    assertThat(failure(() -> world.run().resume(ExportWorld.TABLE)).code())
        .isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
  }

  @Test
  void tellsHowToSwitchRecoveryOn() {
    DynavaultException off = failure(() -> world.run().start(world.plan(NOW)));

    assertThat(off.code()).isEqualTo(ErrorCode.PITR_OFF);
    assertThat(off).hasMessage("unable to export table 'Orders': point-in-time recovery is off");
    assertThat(off.hint()).isEqualTo("turn it on with: dynavault pitr enable --table Orders");
  }

  @Test
  void aMomentThatIsTooNewIsLeftToAws() throws InterruptedException {
    world.recoverable();
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(false)));
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    world.stub.clock().advance(Duration.ofSeconds(50));

    ExportResult result = world.run().start(world.plan(NOW));

    assertThat(result.recoveryPoints().get(0).endTime())
        .isEqualTo(Instant.parse("2026-01-03T03:04:55.678Z"));
  }

  @Test
  void aTimeOutsideOfTheWindowIsInvalid() {
    world.recoverable();

    DynavaultException past =
        failure(
            () ->
                world
                    .run()
                    .start(world.plan(new ExportScope.At(Instant.parse("2025-01-01T00:00:00Z")))));

    assertThat(past.code()).isEqualTo(ErrorCode.TIME_INVALID);
    assertThat(past)
        .hasMessage(
            "unable to export table 'Orders': AWS does not take the time 2025-01-01T00:00:00Z:"
                + " Export Time is invalid");
    assertThat(past.hint()).contains("dynavault pitr status --table Orders");
  }

  private static ExportOptions options() {
    return new ExportOptions(
        OutputFormat.DYNAMODB_JSON,
        S3Encryption.s3Managed(),
        Optional.empty(),
        Map.of("reason", "test"),
        Optional.of(Duration.ofDays(30)),
        Optional.empty());
  }

  private List<String> items(RecoveryPoint point) throws InterruptedException {
    List<String> items = new ArrayList<>();
    for (var part : ExportContent.open(world.vault.store(), point).parts()) {
      part.read(
          (json, offset, length, size) ->
              items.add(new String(json, offset, length, StandardCharsets.UTF_8)));
    }
    return items;
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
