// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.pitr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.StubWorld;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.aws.AwsError;
import io.dynavault.testing.aws.AwsStub;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PointInTimeRecoveryTest {
  private final StubWorld world = new StubWorld();
  private final PointInTimeRecovery recovery = new PointInTimeRecovery(world.client, world.calls());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void showsTheWindowOnceItIsOn() throws InterruptedException {
    assertThat(recovery.status("Orders").isOn()).isFalse();

    recovery.enable("Orders", OptionalInt.of(7));
    world.stub.clock().advance(Duration.ofDays(10));

    RecoveryStatus.Window window = recovery.status("Orders").window().orElseThrow();
    Instant now = world.stub.clock().instant();
    assertThat(window.days()).isEqualTo(7);
    assertThat(window.earliest())
        .isBetween(now.minus(Duration.ofDays(7)).minusSeconds(1), now.minus(Duration.ofDays(7)));
    assertThat(window.latest()).isBefore(now).isAfter(now.minus(Duration.ofMinutes(6)));
    assertThat(window.contains(AwsStub.START)).isFalse();
  }

  @Test
  void keepsThirtyFiveDaysWhereNothingElseIsSaid() throws InterruptedException {
    assertThat(recovery.enable("Orders", OptionalInt.empty()).window().orElseThrow().days())
        .isEqualTo(35);
  }

  @Test
  void losesTheWindowWhenItIsSwitchedOff() throws InterruptedException {
    recovery.enable("Orders", OptionalInt.empty());

    assertThat(recovery.disable("Orders").isOn()).isFalse();
    assertThat(world.stub.requests("UpdateContinuousBackups").get(1).toString())
        .doesNotContain("RecoveryPeriodInDays");
  }

  @Test
  void refusesOtherPeriodsThanAws() {
    for (int days : new int[] {0, 36}) {
      assertThat(
              catchThrowableOfType(
                      DynavaultException.class,
                      () -> recovery.enable("Orders", OptionalInt.of(days)))
                  .code())
          .isEqualTo(ErrorCode.USAGE);
    }
    assertThat(world.stub.requests("UpdateContinuousBackups")).isEmpty();
  }

  @Test
  void waitsForAYoungTableAndBacksOffWhereItIsThrottled() throws InterruptedException {
    world.stub.failNext(
        "UpdateContinuousBackups",
        AwsError.of(
            "ContinuousBackupsUnavailableException",
            "Backups are being enabled for the table: Orders. Please retry later"),
        2);
    world.stub.throttleNext("DescribeContinuousBackups", 3);

    assertThat(recovery.enable("Orders", OptionalInt.empty()).isOn()).isTrue();
    assertThat(recovery.status("Orders").isOn()).isTrue();
    assertThat(world.waits).hasSize(5);
  }

  @Test
  void namesATableThatIsNotThere() {
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> recovery.status("Nobody"));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(failure).hasMessageContaining("Nobody");
  }
}
