// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.Reason;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.TestingVault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two recovery points that are bases of a chain, and one that is none. */
@Tag("F6")
class DeleteBaseTest {
  private final TestingVault testing = new TestingVault();
  private final CatalogEntry first = testing.commit("orders", "2026-11-18T00:00:00Z");
  private final CatalogEntry second = testing.commit("orders", "2026-11-19T00:00:00Z");
  private final CatalogEntry other = testing.commit("orders", "2026-11-20T00:00:00Z");
  private final ChainLog chain =
      new ContinuousBackups(testing.memory).create(TestingLog.chain("orders"));
  private final DeleteRun run = new DeleteRun(testing.vault, ManagedBackups.none());

  DeleteBaseTest() {
    chain.add(base(chain, first, "2026-11-18T00:01:00Z"));
    chain.add(base(chain, second, "2026-11-19T00:01:00Z"));
  }

  @Test
  void aBaseGoesWhenALaterOneIsThere() throws InterruptedException {
    run.delete(first);

    assertThat(chain.bases()).extracting(Base::recoveryPoint).containsExactly(second.id());
  }

  @Test
  void theLastBaseIsRefused() {
    assertThat(failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(second)))
        .hasMessage(
            ("unable to delete recovery point '%s' of table 'orders': it is needed by the"
                    + " continuous backup of the table, which has no later base")
                .formatted(second.id()));
    assertThat(testing.keys("deletions/")).isEmpty();
    assertThat(chain.bases()).hasSize(2);
  }

  @Test
  void aLaterBaseWhoseRecoveryPointIsGoneDoesNotCount() {
    CatalogEntry lost = testing.commit("orders", "2026-11-20T01:00:00Z");
    chain.add(base(chain, lost, "2026-11-20T01:01:00Z"));
    testing.memory.delete("recovery-points/orders/" + lost.id() + ".json");

    failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(second));
  }

  @Test
  void aBaseOfALaterChainIsALaterBase() throws InterruptedException {
    ChainLog later =
        new ContinuousBackups(testing.memory)
            .create(TestingLog.chain("orders", new RecoveryPointId("01795253999000-0a1b2c3d")));
    failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(second));

    later.add(base(later, other, "2026-11-20T00:01:00Z"));

    run.delete(second);
    failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(other));
  }

  @Test
  void theLastBaseGoesWhereItIsSaidThatItMay() throws InterruptedException {
    new DeleteRun(testing.vault, ManagedBackups.none(), BaseRule.MAY_GO).delete(second);

    assertThat(chain.bases()).extracting(Base::recoveryPoint).containsExactly(first.id());
  }

  @Test
  void aChainThatCannotBeReadKeepsItsBases() {
    testing.memory.put(chain.chain().keys().description(), new byte[] {'{'});

    assertThat(failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(first)))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void thePlanSaysWhatTheRunDoes() throws InterruptedException {
    List<CatalogEntry> all = List.of(first, second, other);

    assertThat(new DeletePlanner(testing.vault).plan(all).steps())
        .filteredOn(DeletePlan.Step::isRefused)
        .extracting(step -> step.entry().id())
        .containsExactly(second.id());
    assertThat(new DeletePlanner(testing.vault, BaseRule.MAY_GO).plan(all).steps())
        .noneMatch(DeletePlan.Step::isRefused);
  }

  @Test
  void theLastBaseDoesNotExpire() throws InterruptedException {
    ExpirePlan plan =
        new ExpireSurvey(testing.vault, ManagedBackups.none())
            .plan(
                new ExpirePlanner(
                    List.of(RetentionRule.builder().keepLast(1).build()), LastGood.KEEP));

    assertThat(plan.removed())
        .extracting(decision -> decision.candidate().entry().id())
        .containsExactly(first.id());
    assertThat(plan.kept())
        .filteredOn(decision -> decision.candidate().entry().id().equals(second.id()))
        .flatExtracting(ExpirePlan.Decision::reasons)
        .extracting(Reason::kind)
        .containsExactly(Reason.Kind.PROTECTED);
  }

  @Test
  void aDeletionThatWasCutShortIsFinishedWithItsBase() throws InterruptedException {
    testing.memory.delete("recovery-points/orders/" + first.id() + ".json");
    testing.memory.put(
        "deletions/orders/" + first.id() + ".json", RecoveryPointParser.write(first.point()));

    run.finish(
        StoredJson.find(testing.memory, "deletions/orders/" + first.id() + ".json").orElseThrow());

    assertThat(chain.bases()).extracting(Base::recoveryPoint).containsExactly(second.id());
  }

  private static Base base(ChainLog chain, CatalogEntry entry, String restorableFrom) {
    return new Base(
        chain.chain().id(), entry.id(), 0, Optional.empty(), 1, Instant.parse(restorableFrom));
  }
}
