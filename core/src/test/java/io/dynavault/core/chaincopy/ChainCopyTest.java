// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static io.dynavault.core.chaincopy.TwoVaults.expire;
import static io.dynavault.core.chaincopy.TwoVaults.objects;
import static io.dynavault.core.chaincopy.TwoVaults.succeeded;
import static io.dynavault.core.continuous.TestingLog.START;
import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.chaincopy.ChainCopyPlan.Action;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.core.verify.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChainCopyTest {
  private final TwoVaults vaults = new TwoVaults();

  @Test
  void aCopyHasTheSameObjectsAndIsSound() throws Exception {
    vaults.append(1, 8);
    vaults.base(0);
    vaults.base(4);
    vaults.end();

    ChainCopyResult result = succeeded(vaults.run());

    assertThat(result.action()).isEqualTo(Action.COPY);
    assertThat(result.volume().commits()).isEqualTo(8);
    assertThat(result.volume().files()).isEqualTo(8);
    assertThat(result.bases()).hasSize(2);
    assertThat(objects(vaults.copies))
        .isEqualTo(objects(vaults.source.memory))
        .hasSizeGreaterThan(20);
    assertThat(vaults.findings()).isEmpty();
    assertThat(vaults.copy().origin().orElseThrow().vault())
        .isEqualTo(vaults.source.vault.config().id());
    assertThat(vaults.source.keys("locks/reading/")).isEmpty();
  }

  @Test
  @Tag("F11")
  void aBaseThatCannotBeReadIsToldAndKeepsNothingElseFromBeingCopied() throws Exception {
    vaults.append(1, 8);
    String damaged = vaults.keys.base(vaults.base(0).id().value());
    vaults.base(4);
    vaults.source.memory.put(damaged, new byte[] {'{'});

    DynavaultException failure = vaults.run().get(0).failure().orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.DAMAGED);
    assertThat(failure).hasMessageContaining(damaged);
    assertThat(vaults.copy().last().orElseThrow().number()).isEqualTo(8);
    assertThat(vaults.copy().bases()).hasSize(1);
    assertThat(vaults.findings()).isEmpty();
  }

  /** What comes before it is safe, and the next copy goes on when it has been put back. */
  @Test
  @Tag("F11")
  void aDamagedLastCommitIsToldAndThoseBeforeItAreCopied() throws Exception {
    vaults.append(1, 7);
    vaults.base(0);
    String last = vaults.keys.commit(7);
    byte[] content = HexFormat.of().parseHex(objects(vaults.source.memory).get(last));
    vaults.source.memory.put(last, new byte[] {'{'});

    for (int attempt = 1; attempt <= 2; attempt++) {
      DynavaultException failure = vaults.run().get(0).failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(ErrorCode.DAMAGED);
      assertThat(failure).hasMessageContaining(last);
      assertThat(vaults.copy().last().orElseThrow().number()).isEqualTo(6);
      assertThat(vaults.findings()).isEmpty();
    }

    vaults.source.memory.put(last, content);
    succeeded(vaults.run());
    assertThat(vaults.copy().last().orElseThrow().number()).isEqualTo(7);
  }

  @Test
  void thePlanSaysWhatIsNewAndDoesNothing() throws Exception {
    vaults.append(1, 8);
    RecoveryPoint base = vaults.base(0);

    ChainCopyPlan plan = vaults.plan();

    long files = 8L * TestingLog.changes("k1a", "k1b").length;
    assertThat(plan.steps())
        .extracting(ChainCopyPlan.Step::action, ChainCopyPlan.Step::volume)
        .containsExactly(tuple(Action.COPY, new CopiedVolume(8, 8, files)));
    assertThat(plan.bytes()).isEqualTo(files + base.storedBytes());
    assertThat(vaults.targetKeys("")).containsExactly("vault.json");
  }

  /** Of what was copied before no file is read again, and no commit but the last. */
  @Test
  void theNextCopyReadsWhatIsNewAndNothingElse() throws Exception {
    vaults.append(1, 9);
    vaults.base(0);
    vaults.run();
    vaults.append(10, 16);
    List<String> read = new ArrayList<>();
    CallbackStore source = counting(read);

    ChainCopyResult result = succeeded(vaults.run(vaults.source.on("here", source), vaults.target));

    assertThat(result.volume().commits()).isEqualTo(7);
    assertThat(result.volume().files()).isEqualTo(7);
    assertThat(result.bases()).isEmpty();
    assertThat(read.stream().filter(key -> key.contains("/data/")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(10, 16).mapToObj(vaults::fileKey).toList());
    assertThat(read.stream().filter(key -> key.contains("/commits/")))
        .doesNotContain(vaults.keys.commit(1), vaults.keys.commit(8))
        .contains(vaults.keys.commit(16));
    assertThat(objects(vaults.copies)).isEqualTo(objects(vaults.source.memory));
    assertThat(vaults.findings()).isEmpty();
  }

  private CallbackStore counting(List<String> read) {
    return new CallbackStore(
        new ForwardingStore(vaults.source.memory) {
          @Override
          public ObjectDownload read(String key) {
            read.add(key);
            return super.read(key);
          }
        });
  }

  @Test
  void copyingAgainDoesNothing() throws Exception {
    vaults.append(1, 8);
    vaults.base(0);
    vaults.end();
    vaults.run();

    ChainCopyResult again = succeeded(vaults.run());

    assertThat(again.action()).isEqualTo(Action.SKIP);
    assertThat(again.bytes()).isZero();
  }

  @Test
  void aBaseThatIsAddedLaterIsCopiedWithNothingElse() throws Exception {
    vaults.append(1, 8);
    vaults.base(0);
    vaults.run();
    vaults.base(4);

    ChainCopyResult result = succeeded(vaults.run());

    assertThat(result.action()).isEqualTo(Action.COPY);
    assertThat(result.volume()).isEqualTo(CopiedVolume.NONE);
    assertThat(result.bases()).hasSize(1);
    assertThat(vaults.copy().bases()).hasSize(2);
  }

  @Test
  void theIndexOfAnHourComesWithItsLastCommit() throws Exception {
    vaults.append(1, 4); // the index of the first hour has commit 1; the second one has begun
    vaults.run();
    assertThat(vaults.targetKeys(vaults.keys.hours())).hasSize(1);

    vaults.append(5, 6);
    vaults.run();

    assertThat(vaults.targetKeys(vaults.keys.hours()))
        .isEqualTo(vaults.source.keys(vaults.keys.hours()))
        .hasSize(2);
  }

  @Test
  void aDamagedFileStopsItsChainBeforeItsCommitAndNoOther() throws Exception {
    vaults.append(1, 8);
    vaults.base(0);
    vaults.base(6);
    byte[] flipped = TestingLog.changes("k4a", "k4b");
    flipped[12] ^= 1;
    vaults.source.memory.put(vaults.fileKey(4), flipped);
    Chain other = laterChain();

    List<Outcome<ChainCopyResult>> outcomes = vaults.run();

    DynavaultException failure = outcomes.get(0).failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.DAMAGED);
    assertThat(failure)
        .hasMessage(
            "unable to copy '%s': its content is not what is recorded of it"
                .formatted(vaults.fileKey(4)));
    assertThat(vaults.copy().last().orElseThrow().number()).isEqualTo(3);
    assertThat(vaults.targetKeys(vaults.keys.data())).doesNotContain(vaults.fileKey(4));
    assertThat(vaults.copy().bases()).extracting(Base::afterCommit).containsExactly(0L);
    assertThat(outcomes.get(1).succeeded()).isTrue();
    assertThat(vaults.findings())
        .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    assertThat(new ContinuousBackups(vaults.copies).ids("orders")).contains(other.id());
  }

  @Test
  void afterTheFileWasPutBackTheCopyGoesOn() throws Exception {
    vaults.append(1, 8);
    vaults.base(0);
    vaults.source.memory.delete(vaults.fileKey(4));
    assertThat(vaults.run().get(0).failure().orElseThrow())
        .hasMessage("unable to copy '%s': it is missing".formatted(vaults.fileKey(4)));
    vaults.source.memory.put(vaults.fileKey(4), TestingLog.changes("k4a", "k4b"));

    ChainCopyResult result = succeeded(vaults.run());

    assertThat(result.volume().commits()).isEqualTo(5);
    assertThat(result.volume().files()).as("the others were there").isEqualTo(1);
    assertThat(objects(vaults.copies)).isEqualTo(objects(vaults.source.memory));
  }

  @Test
  void aCommitThatOnlyItsIndexHasIsCopiedFromThere() throws Exception {
    vaults.append(1, 8);
    vaults.source.memory.delete(vaults.keys.commit(2));
    vaults.source.memory.put(vaults.keys.commit(3), new byte[] {'{'});

    assertThat(succeeded(vaults.run()).volume().commits()).isEqualTo(8);

    assertThat(vaults.copy().commitsFrom(1)).hasSize(8);
    vaults.copy().inventory().withoutObject(8, number -> fail("no object: " + number));
  }

  @Test
  void whereBothVaultsHaveCapturedNothingIsCopied() throws Exception {
    vaults.append(1, 4);
    vaults.run();
    vaults.append(5, 5);
    vaults.copies.put(
        vaults.fileKey(5), TestingLog.changes("k5a", "k5b")); // of the same size and name
    assertThat(vaults.copy().append(TestingLog.commit(5, 5 * 900L + 1, 9))).isTrue();

    assertRefused(ErrorCode.RECOVERY_POINT_EXISTS, "commit 5 differs there");
    vaults.append(6, 6);
    assertRefused(ErrorCode.RECOVERY_POINT_EXISTS, "both vaults have captured it");
  }

  @Test
  void aChainThatWasCapturedInTheTargetGetsNothing() throws Exception {
    vaults.append(1, 4);
    vaults.run();
    vaults.copies.delete(vaults.keys.copied());
    assertThat(succeeded(vaults.run()).action()).isEqualTo(Action.SKIP);

    vaults.append(5, 5);
    assertRefused(ErrorCode.RECOVERY_POINT_EXISTS, "it was captured there, and is no copy");
  }

  @Test
  void aSourceThatIsItselfAnOlderCopyIsSkipped() throws Exception {
    vaults.append(1, 8);
    vaults.run();
    for (int number = 6; number <= 8; number++) {
      vaults.source.memory.delete(vaults.keys.commit(number));
    }
    vaults.source.memory.list(
        vaults.keys.hours(),
        info -> {
          if (info.key().endsWith("T11.json")) {
            vaults.source.memory.delete(info.key());
          }
        });

    assertThat(vaults.plan().steps())
        .extracting(ChainCopyPlan.Step::action)
        .containsExactly(Action.SKIP);
  }

  @Test
  void aSourceWhoseFirstCommitsHaveExpiredIsCopiedFromThere() throws Exception {
    vaults.append(1, 12);
    vaults.base(8);
    expire(vaults.chain, vaults.source.memory, 5);

    assertThat(succeeded(vaults.run()).volume().commits()).isEqualTo(7);

    assertThat(vaults.copy().firstNumber()).isEqualTo(6);
    assertThat(vaults.copy().completeFrom()).isEqualTo(vaults.chain.completeFrom());
    assertThat(vaults.copy().commitsFrom(6)).hasSize(7);
    assertThat(vaults.targetKeys(vaults.keys.hours()))
        .containsExactly(vaults.keys.hour(START.plus(Duration.ofMinutes(90)))); // 6 to 9
    assertThat(vaults.findings()).isEmpty();
  }

  @Test
  void aCopyThatCameTooLateSaysWhatCanBeDone() throws Exception {
    vaults.append(1, 4);
    vaults.run();
    vaults.append(5, 12);
    expire(vaults.chain, vaults.source.memory, 5);

    DynavaultException refusal =
        assertRefused(
            ErrorCode.RECOVERY_POINT_NOT_FOUND,
            "it ends with commit 4, and commits 5 to 5 have expired in the source since");

    assertThat(refusal.hint()).contains("--target-vault", "copy more often");
    assertThat(vaults.copy().commitsFrom(1)).hasSize(4);
  }

  @Test
  void aCopyThatEndsWhereTheSourceBeginsGoesOn() throws Exception {
    vaults.append(1, 5);
    vaults.run();
    vaults.append(6, 12);
    expire(vaults.chain, vaults.source.memory, 5);

    assertThat(succeeded(vaults.run()).volume().commits()).isEqualTo(7);
    assertThat(vaults.copy().commitsFrom(1)).hasSize(12);
  }

  @Test
  void whatHasExpiredInTheTargetIsNotCopiedAgain() throws Exception {
    vaults.append(1, 12);
    vaults.base(0);
    vaults.base(3);
    vaults.base(8);
    vaults.run();
    vaults.copies.delete(vaults.keys.base(vaults.chain.bases().get(0).recoveryPoint().value()));
    expire(vaults.copy(), vaults.copies, 1);
    // Another one is gone, and the window is as long as before.
    vaults.copies.delete(vaults.keys.base(vaults.chain.bases().get(1).recoveryPoint().value()));

    vaults.append(13, 14);
    assertThat(succeeded(vaults.run()).volume().commits()).isEqualTo(2);
    assertThat(vaults.copy().bases()).extracting(Base::afterCommit).containsExactly(3L, 8L);
    assertThat(vaults.copy().firstNumber()).isEqualTo(2);
    assertThat(vaults.targetKeys(vaults.keys.commits()))
        .doesNotContain(vaults.keys.commit(1))
        .hasSize(13);
  }

  @Test
  void aChainThatTheTargetHasLetExpireIsNotCopiedAgain() throws Exception {
    vaults.append(1, 4);
    vaults.end();
    Chain later = laterChain();
    vaults.run();
    vaults.targetKeys(vaults.keys.folder()).forEach(vaults.copies::delete);
    vaults.copies.delete(vaults.keys.description());

    assertThat(vaults.plan().steps())
        .extracting(ChainCopyPlan.Step::chain, ChainCopyPlan.Step::action)
        .containsExactly(tuple(TestingLog.ID, Action.EXPIRED), tuple(later.id(), Action.SKIP));
    assertThat(vaults.run()).allMatch(Outcome::succeeded);
  }

  @Test
  void aBaseThatCannotBeCopiedIsNoneAndTheChainHasNotEnded() throws Exception {
    vaults.append(1, 8);
    RecoveryPoint broken = vaults.base(0);
    vaults.base(4);
    vaults.end();
    vaults.source.memory.delete(broken.export().dataFiles().get(0).key());

    DynavaultException failure = vaults.run().get(0).failure().orElseThrow();

    assertThat(failure).hasMessageContaining(broken.export().dataFiles().get(0).key());
    assertThat(vaults.copy().bases()).extracting(Base::afterCommit).containsExactly(4L);
    assertThat(vaults.copy().commitsFrom(1)).hasSize(8);
    assertThat(vaults.copy().end()).isEmpty();
  }

  @Test
  void aBaseWhoseRecoveryPointWasDeletedCountsNoMore() throws Exception {
    vaults.append(1, 8);
    RecoveryPoint deleted = vaults.base(0);
    vaults.base(4);
    vaults.source.memory.delete("recovery-points/orders/" + deleted.id() + ".json");

    assertThat(succeeded(vaults.run()).bases()).hasSize(1);
    assertThat(vaults.copy().bases()).extracting(Base::afterCommit).containsExactly(4L);
  }

  @Test
  void basesThatAreReleasedInTheSourceStayInTheCopy() throws Exception {
    vaults.append(1, 8);
    RecoveryPoint first = vaults.base(0);
    vaults.base(4);
    vaults.run();
    vaults.source.memory.delete(vaults.keys.base(first.id().value()));
    vaults.append(9, 9);

    succeeded(vaults.run());

    assertThat(vaults.copy().bases()).hasSize(2);
  }

  @Test
  void aVaultThatKeepsNothingForeverRefuses() throws Exception {
    vaults.append(1, 4);
    vaults.target.lockLog().lock(VaultLock.governance(7, OptionalInt.of(365)));

    assertRefused(ErrorCode.LOCKED, "it has no lifecycle, but the vault allows 7 to 365 days");
    assertThat(vaults.targetKeys("continuous/")).isEmpty();
  }

  @Test
  void twoCopiesDoNotRunAtOnce() throws Exception {
    vaults.append(1, 4);
    Lease lease =
        vaults
            .open(vaults.copies)
            .leases()
            .acquire(LeaseName.copyOfChain("orders", TestingLog.ID.value()));
    vaults.source.time.after(Duration.ofSeconds(5), lease::renew);

    DynavaultException failure = vaults.run().get(0).failure().orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.LEASE_HELD);
    assertThat(failure).hasMessageContaining("copy of the continuous backup of table 'orders'");
  }

  @Test
  void theSourceIsMarkedAsReadWhileItIsCopied() throws Exception {
    vaults.append(1, 4);
    List<String> marks = new ArrayList<>();
    CallbackStore store = new CallbackStore(vaults.copies);
    store.beforeEachWrite(
        key -> {
          if (key.contains("/commits/")) {
            marks.addAll(vaults.source.keys("locks/reading/"));
          }
        });

    succeeded(vaults.run(vaults.source.vault, vaults.open(store)));

    assertThat(marks)
        .hasSize(4)
        .allMatch(key -> key.startsWith("locks/reading/orders/" + TestingLog.ID));
  }

  @Test
  void aCopyThatIsStoppedGoesOnWithTheNextOne() throws Exception {
    vaults.append(1, 8);
    CallbackStore store = new CallbackStore(vaults.copies);
    store.beforeEachWrite(
        key -> {
          if (key.equals(vaults.keys.commit(5))) {
            vaults.stop.request();
          }
        });

    failure(ErrorCode.INTERRUPTED, () -> vaults.run(vaults.source.vault, vaults.open(store)));

    assertThat(vaults.copy().last().orElseThrow().number()).isBetween(4L, 5L);
    assertThat(vaults.copy().origin()).isPresent();
  }

  @Test
  void aVaultIsNotCopiedToItself() {
    failure(
        ErrorCode.USAGE,
        () -> new ChainCopyPlanner(vaults.source.vault, vaults.source.on("other")));
  }

  @Test
  void whatIsCapturedBetweenPlanAndCopyComesWithIt() throws Exception {
    vaults.append(1, 4);
    ChainCopyPlan plan = vaults.plan();
    vaults.append(5, 6);

    assertThat(succeeded(vaults.run(vaults.source.vault, vaults.target, plan)).volume().commits())
        .isEqualTo(6);
  }

  /** Chains with many more commits than are copied side by side. */
  @Test
  void aLongChainIsCopiedWhole() throws Exception {
    vaults.append(1, 300);
    vaults.base(290);

    assertThat(succeeded(vaults.run()).volume().commits()).isEqualTo(300);

    assertThat(objects(vaults.copies)).isEqualTo(objects(vaults.source.memory));
  }

  private Chain laterChain() {
    RecoveryPointId id =
        RecoveryPointId.create(TestingLog.ID.startTime().plus(Duration.ofDays(1)), new Random(3));
    Chain later = TestingLog.chain("orders", id);
    new ContinuousBackups(vaults.source.memory).create(later);
    assertThat(later.started()).isEqualTo(START);
    return later;
  }

  private DynavaultException assertRefused(ErrorCode code, String message)
      throws InterruptedException {
    assertThat(vaults.plan().steps().get(0).action()).isEqualTo(Action.REFUSE);
    DynavaultException refusal = vaults.run().get(0).failure().orElseThrow();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(message);
    return refusal;
  }
}
