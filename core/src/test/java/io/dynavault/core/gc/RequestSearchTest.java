// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the restore function leaves in a vault. */
class RequestSearchTest {
  private static final String REQUEST = "0123456789abcdef0123456789abcdef";
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry point = testing.commit("orders", "2026-11-20T00:00:00Z");

  @Test
  void anAnswerIsKeptForTwoWeeksBecauseTheRequestMayComeAgain() throws Exception {
    putAnswer();

    testing.time.pass(Duration.ofDays(14).minusSeconds(1));
    assertThat(collect(HOUR)).isEmpty();

    testing.time.pass(Duration.ofSeconds(1));
    assertThat(collect(HOUR))
        .extracting(Debris::kind, Debris::point)
        .containsExactly(tuple(Debris.Kind.REQUEST_ANSWER, new RecoveryPointKey("", REQUEST)));
    assertThat(testing.keys("restores/")).isEmpty();
  }

  @Test
  void aLongerGraceKeepsAnswersLonger() throws Exception {
    putAnswer();
    testing.time.pass(Duration.ofDays(20));

    assertThat(collect(Duration.ofDays(30))).isEmpty();
  }

  @Test
  void aCheckpointOfARequestInWorkIsLeft() throws Exception {
    putCheckpoint("orders");
    testing.time.pass(Duration.ofHours(23));

    GcPlan plan = new GcPlanner(testing.vault, HOUR).plan();

    assertThat(plan.debris()).isEmpty();
    assertThat(plan.left())
        .containsExactly(
            new GcPlan.Left(
                "a restore request",
                new RecoveryPointKey("orders", REQUEST),
                "a function may go on with it"));
  }

  @Test
  void aCheckpointThatNobodyGoesOnWithIsRemoved() throws Exception {
    putCheckpoint("orders");
    testing.time.pass(Duration.ofDays(1));

    assertThat(collect(HOUR))
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.REQUEST_CHECKPOINT);
    assertThat(testing.keys("restores/")).isEmpty();
  }

  /** However old it is: a part of a large table can take long. */
  @Test
  void aCheckpointOfAPointThatIsReadStays() throws Exception {
    putCheckpoint("orders");
    Mark reading = testing.on("function").protect(point.point());
    testing.time.every(Duration.ofSeconds(10), reading::renew);
    testing.time.pass(Duration.ofDays(2));

    assertThat(collect(HOUR)).isEmpty();
    assertThat(testing.keys("restores/")).hasSize(1);
  }

  @Test
  void theCheckpointOfAnAnsweredRequestNeedsNoDay() throws Exception {
    putCheckpoint("orders");
    putAnswer();
    testing.time.pass(HOUR);

    assertThat(collect(HOUR))
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.REQUEST_CHECKPOINT);
    assertThat(testing.keys("restores/")).containsExactly(VaultKeys.restoreAnswer(REQUEST));
  }

  @Test
  void aCheckpointWrittenSinceThePlanIsLeft() throws Exception {
    putCheckpoint("orders");
    testing.time.pass(Duration.ofDays(1));
    GcPlan plan = new GcPlanner(testing.vault, HOUR).plan();
    putCheckpoint("orders");

    GcResult result = new GcRun(testing.vault, HOUR, ManagedBackups.none()).run(plan);

    assertThat(result.removed()).isEmpty();
    assertThat(testing.keys("restores/")).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsLeftAndNamed() throws Exception {
    testing.memory.put(VaultKeys.restoreCheckpoint(REQUEST, "orders"), "{".getBytes(UTF_8));
    testing.time.pass(Duration.ofDays(30));

    GcPlan plan = new GcPlanner(testing.vault, HOUR).plan();

    assertThat(plan.debris()).isEmpty();
    assertThat(plan.left().get(0).reason()).startsWith("it cannot be read");
  }

  private List<Debris> collect(Duration grace) throws InterruptedException {
    GcResult result =
        new GcRun(testing.vault, grace, ManagedBackups.none())
            .run(new GcPlanner(testing.vault, grace).plan());
    assertThat(result.failed()).isEmpty();
    return result.removed();
  }

  private void putAnswer() {
    testing.memory.put(
        VaultKeys.restoreAnswer(REQUEST),
        "{\"formatVersion\":\"1.0\",\"statusCode\":200,\"body\":{}}".getBytes(UTF_8));
  }

  private void putCheckpoint(String table) {
    testing.memory.put(
        VaultKeys.restoreCheckpoint(REQUEST, table),
        "{\"formatVersion\":\"1.0\",\"recovery_point_id\":\"%s\"}"
            .formatted(point.id())
            .getBytes(UTF_8));
  }
}
