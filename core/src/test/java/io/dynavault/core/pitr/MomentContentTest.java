// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.pitr.TestingMoments.Change.put;
import static io.dynavault.core.pitr.TestingMoments.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 7 of docs/format/continuous.md, rule by rule. */
class MomentContentTest {
  private final TestingMoments moments = new TestingMoments();

  @Test
  void theLastChangeBeforeTheMomentDecides() throws InterruptedException {
    moments.commit(20, put(10, "a", "1", "2"), put(15, "a", "2", "3"), put(18, "a", "3", "4"));
    moments.base(0, 1, 0, "a", "1");

    assertThat(moments.itemsAt(10)).containsExactly(item("a", "1"));
    assertThat(moments.itemsAt(11)).containsExactly(item("a", "2"));
    assertThat(moments.itemsAt(16)).containsExactly(item("a", "3"));
    assertThat(moments.itemsAt(20)).containsExactly(item("a", "4"));
  }

  /** The change of the second T itself is not in the table at T. */
  @Test
  void whatHappensInTheSecondItselfIsNotInIt() throws InterruptedException {
    moments.commit(20, put(10, "a", "", "1"));
    moments.base(0, 1, 0);

    assertThat(moments.itemsAt(10)).isEmpty();
    assertThat(moments.itemsAt(10.999)).isEmpty();
    assertThat(moments.itemsAt(11)).containsExactly(item("a", "1"));
  }

  @Test
  void aRemovedItemIsGoneAndComesBack() throws InterruptedException {
    moments.commit(20, put(10, "a", "1", ""), put(12, "a", "", "2"));
    moments.base(0, 1, 0, "a", "1", "b", "1");

    assertThat(moments.itemsAt(11)).containsExactly(item("b", "1"));
    assertThat(moments.itemsAt(13)).containsExactly(item("a", "2"), item("b", "1"));
  }

  /** The scan has seen an item that was written after the moment: it is put back. */
  @Test
  void whatTheBaseSawTooEarlyIsTakenBack() throws InterruptedException {
    moments.commit(20, put(12, "a", "1", "2"), put(13, "new", "", "1"), put(14, "old", "1", ""));
    moments.base(0, 1, 0, "a", "2", "new", "1");

    assertThat(moments.itemsAt(11)).containsExactly(item("a", "1"), item("old", "1"));
  }

  /** Of several changes after the moment the first one knows what was before. */
  @Test
  void theFirstChangeAfterTheMomentDecidesWhatWas() throws InterruptedException {
    moments.commit(20, List.of(List.of(put(12, "a", "1", "2")), List.of(put(13, "a", "2", "3"))));
    moments.commit(30, put(14, "a", "3", ""));
    moments.base(0, 2, 0, "a", "3");

    assertThat(moments.itemsAt(12)).containsExactly(item("a", "1"));
    assertThat(moments.itemsAt(13)).containsExactly(item("a", "2"));
  }

  @Test
  void commitsBeforeTheBaseAreNotRead() throws InterruptedException {
    moments.commit(10, put(5, "a", "1", "2"));
    moments.commit(20, put(15, "b", "1", "2"));
    moments.base(1, 2, 10, "a", "2", "b", "1");

    MomentPlan plan = moments.plan(20);
    assertThat(moments.items(plan)).containsExactly(item("a", "2"), item("b", "2"));
    assertThat(plan.changes()).isEqualTo(1);
  }

  /** A base that was made of an older one and its changes has those before a time. */
  @Test
  void changesThatTheBaseHasAreNotAppliedAgain() throws InterruptedException {
    moments.commit(20, put(5, "a", "1", "2"), put(12, "a", "2", "3"), put(5, "b", "1", ""));
    moments.base(0, Optional.of(TestingMoments.at(10)), 1, 10, "a", "2");

    assertThat(moments.itemsAt(10)).containsExactly(item("a", "2"));
    assertThat(moments.itemsAt(13)).containsExactly(item("a", "3"));
  }

  /** One that came when the base was made already is not in it. */
  @Test
  void aLateChangeIsAppliedToABaseThatHasOthersOfItsTime() throws InterruptedException {
    moments.commit(20, put(5, "a", "1", "2"));
    moments.late(30, put(8, "a", "2", "3"));
    moments.base(0, Optional.of(TestingMoments.at(10)), 1, 10, "a", "2");

    assertThat(moments.itemsAt(25)).containsExactly(item("a", "3"));
  }

  @Test
  void filesThatTheBaseHasAreNotRead() {
    moments.commit(9, put(5, "a", "1", "2"));
    moments.commit(20, put(12, "a", "2", "3"));
    moments.base(0, Optional.of(TestingMoments.at(10)), 1, 10, "a", "2");

    assertThat(moments.plan(20).changeFiles()).isEqualTo(1);
  }

  /** Behind the commit up to which the base may have seen changes, later ones need no look. */
  @Test
  void laterFilesThanTheMomentAreNotRead() throws InterruptedException {
    moments.commit(10);
    moments.commit(20, put(12, "a", "1", "2"));
    moments.commit(40, List.of(List.of(put(25, "a", "2", "3")), List.of(put(35, "a", "3", "4"))));
    moments.base(0, 1, 0, "a", "1");

    MomentPlan plan = moments.plan(30);
    assertThat(plan.changeFiles()).isEqualTo(2);
    assertThat(moments.items(plan)).containsExactly(item("a", "3"));
  }

  /** A change that came after the commit that was to have it still counts at its time. */
  @Test
  void aLateChangeCountsAtItsTime() throws InterruptedException {
    moments.commit(20, put(12, "a", "1", "2"));
    moments.commit(30);
    moments.late(40, put(18, "b", "", "1"));
    moments.commit(50, put(45, "c", "", "1"));
    moments.base(0, 1, 0, "a", "1");

    assertThat(moments.itemsAt(18)).containsExactly(item("a", "2"));
    assertThat(moments.itemsAt(19)).containsExactly(item("a", "2"), item("b", "1"));
  }

  /** A restore that goes on must not take a part for done that has other changes than before. */
  @Test
  void aLateChangeMakesOtherPartsOfTheChanges() {
    moments.commit(20, put(12, "a", "1", "2"));
    moments.commit(30);
    moments.base(0, 1, 0, "a", "1");
    List<String> before = parts(moments.plan(19));
    moments.late(40, put(18, "b", "", "1"));
    List<String> after = parts(moments.plan(19));

    assertThat(before).filteredOn(name -> name.startsWith("changes of ")).hasSize(1);
    assertThat(after).filteredOn(name -> name.startsWith("changes of ")).hasSize(2);
    assertThat(after).filteredOn(before::contains).noneMatch(name -> name.startsWith("changes"));
  }

  private List<String> parts(MomentPlan plan) {
    try (ItemContent content = plan.open(moments.vault.memory)) {
      return content.parts().stream().map(ContentPart::name).toList();
    }
  }

  /** The clock of a writer says nothing about when changes were made. */
  @Test
  void aLateChangeCountsAlsoWhereTheClockHasJumpedAYear() throws InterruptedException {
    moments.commit(20, put(12, "a", "1", "2"));
    moments.commit(30);
    moments.clockJumps(Duration.ofDays(366));
    moments.commit(35);
    moments.late(40, put(18, "b", "", "1"));
    moments.base(0, 1, 0, "a", "1");

    assertThat(moments.itemsAt(19)).containsExactly(item("a", "2"), item("b", "1"));
  }

  @Test
  void itsRecordIsThatOfTheBase() throws InterruptedException {
    moments.commit(20, put(12, "a", "1", "2"), put(13, "n", "", "2"));
    RecoveryPoint base = moments.base(0, 1, 0, "a", "1", "b", "2");

    try (ItemContent content = moments.plan(20).open(moments.vault.memory)) {
      assertThat(content.recoveryPoint()).contains(base);
      assertThat(content.isCounted()).isFalse();
      assertThat(content.itemCount()).isEqualTo(3);
      assertThat(content.notes().get(0))
          .contains("2 changes", "2 items", base.id().value(), "2026-01-02T00:00:20Z");
    }
  }

  @Test
  void aDamagedFileIsNamed() {
    Commit commit = moments.commit(20, put(12, "a", "1", "2"));
    moments.base(0, 1, 0, "a", "1");
    ChangeFile file = commit.files().get(0);
    moments.vault.memory.put(file.key(), new byte[] {1, 2, 3});

    assertThat(failure(ErrorCode.DAMAGED, () -> moments.itemsAt(20)))
        .hasMessageContaining(file.key());
  }

  @Test
  void aMissingFileIsFoundBeforeAnythingIsRead() {
    Commit commit = moments.commit(20, put(12, "a", "1", "2"));
    moments.base(0, 1, 0, "a", "1");
    ChangeFile file = commit.files().get(0);
    moments.vault.memory.delete(file.key());

    try (ItemContent content = moments.plan(20).open(moments.vault.memory)) {
      assertThat(failure(ErrorCode.DAMAGED, content::requireFiles))
          .hasMessageContaining(file.key());
      ContentPart part = content.parts().get(0);
      assertThatThrownBy(() -> part.read((json, offset, length, size) -> {}))
          .isInstanceOfSatisfying(
              DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
          .hasMessageContaining(file.key());
    }
  }

  @Test
  void stopsWhenAsked() {
    moments.commit(20, put(12, "a", "1", "2"));
    moments.base(0, 1, 0, "a", "1");
    StopSignal stop = new StopSignal();
    stop.request();

    try (ItemContent content = moments.plan(20).open(moments.vault.memory)) {
      assertThat(
              failure(
                  ErrorCode.INTERRUPTED, () -> content.prepare(RunContext.system("orders", stop))))
          .isNotNull();
    }
  }
}
