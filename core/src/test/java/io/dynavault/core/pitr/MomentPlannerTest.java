// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.pitr.TestingMoments.Change.put;
import static io.dynavault.core.pitr.TestingMoments.at;
import static io.dynavault.core.pitr.TestingMoments.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import io.dynavault.format.layout.ObjectKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentPlannerTest {
  private final TestingMoments moments = new TestingMoments();

  @Test
  void ofSeveralBasesTheOneThatLeavesTheFewestChanges() {
    moments.commit(10, put(5, "a", "1", "2"));
    RecoveryPoint first = moments.base(0, 1, 0, "a", "1");
    moments.commit(20, put(15, "a", "2", "3"));
    RecoveryPoint second = moments.base(1, 2, 12, "a", "3");
    moments.commit(30, put(25, "a", "3", "4"));

    assertThat(moments.plan(11).base()).isEqualTo(first);
    assertThat(moments.plan(12).base()).isEqualTo(second);
    assertThat(moments.plan(30).base()).isEqualTo(second);
    assertThat(moments.plan(30).changes()).isEqualTo(2);
    assertThat(moments.plan(30).window()).isEqualTo(window(0, 30));
  }

  @Test
  void thePreferredBaseIsTakenIfItReachesTheMoment() {
    RecoveryPoint first = moments.base(0, 0, 0, "a", "1");
    moments.commit(20, put(15, "a", "1", "2"));
    RecoveryPoint second = moments.base(1, 1, 20, "a", "2");
    moments.commit(30);

    MomentPlanner planner = moments.planner();
    RecoveryWindows windows = planner.windows("orders");
    assertThat(planner.plan(windows, at(25), Set.of(first.id())).base()).isEqualTo(first);
    assertThat(planner.plan(windows, at(15), Set.of(second.id())).base()).isEqualTo(first);
  }

  @Test
  @Tag("F11")
  void aBaseWhoseRecordIsGoneOrDamagedIsSkipped() throws InterruptedException {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20, put(15, "a", "1", "2"));
    RecoveryPoint damaged = moments.base(1, 1, 20, "a", "2");
    RecoveryPoint gone = moments.base(1, 1, 21, "a", "2");
    moments.commit(30);
    moments.vault.memory.put(key(damaged), new byte[] {'{'});
    moments.vault.memory.delete(key(gone));

    assertThat(moments.itemsAt(25)).containsExactly(item("a", "2"));
    assertThat(moments.plan(25).changes()).isEqualTo(1);
  }

  /** One bit in one of them must not cost all moments. */
  @Test
  @Tag("F11")
  void aBaseOfWhichTheChainCannotReadWhereItBeginsIsSkipped() throws InterruptedException {
    RecoveryPoint first = moments.base(0, 0, 0, "a", "1");
    moments.commit(20, put(15, "a", "1", "2"));
    moments.base(1, 1, 20, "a", "2");
    moments.commit(30);
    moments.vault.memory.put(baseKey(first), new byte[] {'{'});

    assertThat(moments.itemsAt(25)).containsExactly(item("a", "2"));
    assertThat(latest().moment()).isEqualTo(at(30));
    assertThat(refusal(15)).contains("--to-time 2026-01-02T00:00:20Z");
  }

  @Test
  @Tag("F11")
  void whereNoBaseCanBeReadThatIsDamage() {
    RecoveryPoint only = moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    moments.vault.memory.put(baseKey(only), new byte[] {'{'});

    assertThat(failure(ErrorCode.DAMAGED, () -> moments.plan(10)))
        .hasMessageContaining(baseKey(only));
  }

  @Test
  @Tag("F11")
  void withoutAnyBaseThereIsNoWindow() {
    moments.commit(20, put(15, "a", "", "2"));

    assertThat(failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> moments.plan(20)))
        .hasMessageContaining("'orders'");
  }

  @Test
  @Tag("G8")
  void aMomentOutsideOfTheWindowIsRefusedWithTheNearestOnes() {
    moments.base(0, 0, 5, "a", "1");
    moments.commit(20);

    assertThat(refusal(21)).contains("--to-time 2026-01-02T00:00:20Z").doesNotContain(" or ");
    assertThat(refusal(4)).contains("--to-time 2026-01-02T00:00:05Z").doesNotContain(" or ");
    assertThat(refusal(2_000_000)).contains("in the future", "--to-time 2026-01-02T00:00:20Z");
  }

  @Test
  @Tag("G8")
  void aMomentInAGapIsRefusedWithTheEndsOfTheGap() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    end(15);
    moments.chain(40);
    moments.base(0, 0, 50, "a", "2");
    moments.commit(60);

    assertThat(refusal(17))
        .contains("--to-time 2026-01-02T00:00:15Z or --to-time 2026-01-02T00:00:50Z");
    assertThat(moments.plan(15).window().latest()).isEqualTo(at(15));
    assertThat(moments.planner().windows("orders").list())
        .filteredOn(window -> window.chain().isPresent())
        .extracting(RecoveryWindow::earliest, RecoveryWindow::latest)
        .containsExactly(tuple(at(0), at(15)), tuple(at(50), at(60)));
  }

  @Test
  void aDamagedChainLeavesTheOthers() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    String broken = moments.chain(40).chain().keys().description();
    moments.vault.memory.put(broken, new byte[] {'{'});

    assertThat(moments.plan(15).window().latest()).isEqualTo(at(20));
    assertThat(moments.plan(15).notes()).hasSize(1).first().asString().contains(broken);
  }

  /** Who asks for the latest would not notice that it is an older one. */
  @Test
  void theLatestMomentIsRefusedWhereLaterOnesAreDamaged() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    moments.vault.memory.put(moments.chain(40).chain().keys().description(), new byte[] {'{'});

    assertThat(failure(ErrorCode.DAMAGED, this::latest))
        .hasMessageStartingWith("unable to restore table 'orders' to its latest moment: chain ");
    assertThat(moments.plan(20).moment()).isEqualTo(at(20));
  }

  /** "Nothing is in the vault yet" would be wrong: it was, and may be put back. */
  @Test
  void aMomentThatMayBeInWhatIsDamagedIsRefusedAsDamaged() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    moments.commit(30);
    String last = moments.log().chain().keys().commit(2);
    moments.vault.memory.put(last, new byte[] {'{'});

    assertThat(failure(ErrorCode.DAMAGED, () -> moments.plan(25)))
        .hasMessageContaining("to 2026-01-02T00:00:25Z: chain ")
        .hasMessageContaining(last)
        .satisfies(e -> assertThat(e.hint()).contains("--to-time 2026-01-02T00:00:20Z"));
  }

  /** An older chain that cannot be used may have it. */
  @Test
  void whatCannotBeUsedIsNamedWhereAMomentIsRefused() {
    String broken = moments.log().chain().keys().description();
    moments.chain(40);
    moments.base(0, 0, 40, "a", "1");
    moments.commit(60);
    moments.vault.memory.put(broken, new byte[] {'{'});

    assertThat(refusal(20)).contains("--to-time 2026-01-02T00:00:40Z").contains(broken);
  }

  @Test
  void theLatestMomentIsRefusedWhereCommitsAreGone() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    moments.commit(30);
    end(30);
    String last = moments.log().chain().keys().commit(2);
    moments.vault.memory.delete(last);

    assertThat(failure(ErrorCode.DAMAGED, this::latest))
        .hasMessageContaining("has lost its last commits")
        .satisfies(
            e ->
                assertThat(e.hint())
                    .startsWith("the last one that there is: --to-time 2026-01-02T00:00:20Z"));
    assertThat(moments.plan(20).notes()).hasSize(1);
  }

  /** What lies before the hole is as good as ever. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void momentsBeforeACommitThatIsDamagedCanBeRestored(boolean gone) throws InterruptedException {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20, put(15, "a", "1", "2"));
    moments.commit(30, put(25, "a", "2", "3"));
    moments.commit(40, put(35, "a", "3", "4"));
    moments.commit(50, put(45, "a", "4", "5"));
    String third = moments.log().chain().keys().commit(3);
    if (gone) {
      moments.vault.memory.delete(third);
    } else {
      moments.vault.memory.put(third, new byte[] {'{'});
    }

    assertThat(moments.itemsAt(30)).containsExactly(item("a", "3"));
    assertThat(moments.plan(20).notes()).isNotEmpty().first().asString().contains(third);
    if (gone) {
      assertThat(failure(ErrorCode.DAMAGED, this::latest)).hasMessageContaining(third);
    }
    assertThat(failure(ErrorCode.DAMAGED, () -> moments.plan(35))).hasMessageContaining(third);
  }

  /** The latest moment is one before the gap then, of a table that may have been another one. */
  @Test
  void thatTheNewestChainHasNoBaseYetIsSaid() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    end(20);
    ChainLog newest = moments.chain(40);
    moments.commit(60);

    assertThat(latest().moment()).isEqualTo(at(20));
    assertThat(moments.plan(20).notes())
        .containsExactly(
            "chain '%s', which began at 2026-01-02T00:00:40Z, has no base yet: only moments before it can be restored"
                .formatted(newest.chain().id()));
    moments.base(0, 0, 50, "a", "2");
    assertThat(moments.plan(20).notes()).isEmpty();
  }

  @Test
  void aChainWhoseOnlyBaseIsDamagedIsDamaged() {
    RecoveryPoint base = moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    moments.vault.memory.put(key(base), new byte[] {'{'});

    assertThat(failure(ErrorCode.DAMAGED, () -> moments.plan(20))).hasMessageContaining(key(base));
  }

  @Test
  void theLatestMomentIsRefusedWhereABaseSpeaksOfCommitsThatAreGone() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    moments.commit(30);
    moments.base(2, 2, 30, "a", "1");
    moments.vault.memory.delete(moments.log().chain().keys().commit(2));

    assertThat(failure(ErrorCode.DAMAGED, this::latest))
        .hasMessageContaining("has lost its last commits");
  }

  @Test
  void anOldDamagedChainDoesNotMatterForTheLatestMoment() {
    String old = moments.log().chain().keys().description();
    moments.chain(40);
    moments.base(0, 0, 50, "a", "2");
    moments.commit(60);
    moments.vault.memory.put(old, new byte[] {'{'});

    assertThat(latest().moment()).isEqualTo(at(60));
  }

  private CommonMoment latest() {
    return moments.planner().latest(List.of(moments.planner().windows("orders")));
  }

  /** AWS's incremental exports have one change of each key: there is no moment inside of them. */
  @Test
  void chainsOfExportsReachTheirEndsOnly() throws InterruptedException {
    moments.vault.commitRecord(moments.exports.full(at(3600).toString(), item("a", "1")));
    moments.vault.commitRecord(
        moments.exports.window(
            at(3600).toString(),
            at(7200).toString(),
            OutputFormat.DYNAMODB_JSON,
            List.of(
                new ItemChange(
                    decode("{\"pk\":{\"S\":\"a\"}}"),
                    Optional.empty(),
                    Optional.of(decode(item("a", "2"))),
                    OptionalLong.of(1)))));

    assertThat(moments.itemsAt(3600)).containsExactly(item("a", "1"));
    assertThat(moments.itemsAt(7200.5)).containsExactly(item("a", "2"));
    assertThat(moments.plan(7200).changes()).isEqualTo(1);
    assertThat(moments.plan(7200).points()).hasSize(2);
    assertThat(refusal(5000))
        .contains("--to-time 2026-01-02T01:00:00Z or --to-time 2026-01-02T02:00:00Z");
  }

  @Test
  void nobodyCountsBackFromAClockThatIsBehindTheVault() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(3600);
    RecoveryWindows windows = moments.planner().windows("orders");

    failure(ErrorCode.TIME_INVALID, () -> planner(3599).requireClock(windows));
    planner(3600).requireClock(windows);
    assertThat(failure(ErrorCode.TIME_INVALID, () -> planner(60).requireClock(windows)))
        .hasMessage(
            "unable to restore table 'orders' to a span before now: this machine's clock says"
                + " 2026-01-02T00:01:00Z, the vault has the table at 2026-01-02T01:00:00Z")
        .satisfies(e -> assertThat(e.hint()).contains("--to-time 2026-01-02T01:00:00Z"));
  }

  private MomentPlanner planner(int second) {
    return new MomentPlanner(moments.vault.memory, moments.vault.vault.catalog(), () -> at(second));
  }

  @Test
  void theLatestOfSeveralTablesIsThatOfTheSlowest() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    RecoveryWindows slow = moments.planner().windows("orders");
    moments.commit(30);
    RecoveryWindows fast = moments.planner().windows("orders");

    CommonMoment common = moments.planner().latest(List.of(fast, slow));
    assertThat(common.moment()).isEqualTo(at(20));
    assertThat(common.limitedBy()).isEqualTo("orders");
  }

  /** The end of one table can lie in the gap of another one. */
  @Test
  void theLatestOfSeveralTablesLiesInNoGap() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    RecoveryWindows until20 = moments.planner().windows("orders");
    end(15);
    moments.chain(18);
    moments.base(0, 0, 50, "a", "2");
    moments.commit(60);
    RecoveryWindows gap = moments.planner().windows("orders");

    assertThat(moments.planner().latest(List.of(gap, until20)).moment()).isEqualTo(at(15));
  }

  @Test
  void tablesWithoutACommonMomentAreRefused() {
    moments.base(0, 0, 0, "a", "1");
    moments.commit(20);
    RecoveryWindows early = moments.planner().windows("orders");
    TestingMoments other = new TestingMoments();
    other.base(0, 0, 30, "a", "1");
    other.commit(40);
    RecoveryWindows late = other.planner().windows("orders");

    assertThat(
            failure(ErrorCode.TIME_INVALID, () -> moments.planner().latest(List.of(early, late))))
        .hasMessageContaining("cannot be restored to 2026-01-02T00:00:20Z or before");
  }

  private void end(int second) {
    moments
        .log()
        .end(
            new ChainEnd(
                moments.log().chain().id(),
                ChainEnd.Reason.TRIMMED,
                "the capture stood still for too long",
                at(second),
                at(second + 1)));
  }

  private String refusal(double second) {
    DynavaultException refused = failure(ErrorCode.TIME_INVALID, () -> moments.plan(second));
    assertThat(refused).hasMessageStartingWith("unable to restore table 'orders' to " + at(second));
    return refused.getMessage() + " HINT " + refused.hint();
  }

  private RecoveryWindow window(int from, int to) {
    return new RecoveryWindow(at(from), at(to), Optional.of(moments.log().chain().id()));
  }

  private static String key(RecoveryPoint point) {
    return ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
  }

  private String baseKey(RecoveryPoint base) {
    return moments.log().chain().keys().base(base.id().value());
  }

  private static Item decode(String json) {
    return DynamoDbJson.decode(json.getBytes(StandardCharsets.UTF_8));
  }
}
