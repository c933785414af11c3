// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compact;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.pitr.TestingMoments.Change.put;
import static io.dynavault.core.pitr.TestingMoments.at;
import static io.dynavault.core.pitr.TestingMoments.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.TestingMoments;
import io.dynavault.core.pitr.TestingMoments.Change;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPoint.Consistency;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CompactRunTest {
  private final TestingMoments moments = new TestingMoments();
  private int made;

  private CompactResult compact(double second) throws InterruptedException {
    return compact(moments.plan(second));
  }

  private CompactResult compact(MomentPlan content) throws InterruptedException {
    BackupOptions options =
        new BackupOptions(
            2,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            100, // bytes: several files
            Map.of(),
            Optional.empty());
    RecoveryPointId id = new RecoveryPointId("01767400000000-%08x".formatted(++made));
    RunContext context = RunContext.system("orders", new StopSignal());
    return new CompactRun(moments.vault.vault, context, "test")
        .run(new CompactPlan(id, content, options));
  }

  @Test
  void theNewBackupIsTheTableAtTheMoment() throws InterruptedException {
    moments.commit(20, put(10, "a", "1", "2"), put(15, "b", "1", ""), put(25, "a", "2", "3"));
    moments.base(0, 1, 0, "a", "1", "b", "1", "c", "1");

    RecoveryPoint made = compact(20).point();

    assertThat(made.consistency()).isEqualTo(Consistency.POINT_IN_TIME);
    assertThat(made.startTime()).isEqualTo(at(20));
    assertThat(made.filtered()).isFalse();
    assertThat(made.export().itemCount()).isEqualTo(2);
    assertThat(moments.vault.vault.runs().unfinished("orders")).isEmpty();
    assertThat(moments.plan(20).base().id()).isEqualTo(made.id());
    assertThat(moments.itemsAt(20)).containsExactly(item("a", "2"), item("c", "1"));
  }

  /** Changes of the commit that is only partly in the new base, and those after it. */
  @Test
  @Tag("F12")
  void laterMomentsBeginWithIt() throws InterruptedException {
    moments.commit(10, put(5, "a", "1", "2"));
    moments.commit(20, put(12, "a", "2", "3"), put(22, "a", "3", "4"), put(23, "b", "", "1"));
    moments.commit(30, put(25, "a", "4", ""));
    moments.base(0, 1, 0, "a", "1");

    CompactResult result = compact(20);

    assertThat(result.base().orElseThrow().afterCommit()).isEqualTo(1);
    assertThat(result.base().orElseThrow().restorableFrom()).isEqualTo(at(20));
    assertThat(moments.itemsAt(20)).containsExactly(item("a", "3"));
    assertThat(moments.itemsAt(23)).containsExactly(item("a", "4"));
    assertThat(moments.itemsAt(24)).containsExactly(item("a", "4"), item("b", "1"));
    assertThat(moments.itemsAt(30)).containsExactly(item("b", "1"));
    assertThat(moments.plan(30).base().id()).isEqualTo(result.point().id());
    assertThat(moments.plan(19).base().id()).isNotEqualTo(result.point().id());
  }

  /** A change that the stream has given later than promised is not in the base. */
  @Test
  @Tag("F12")
  void whatCameLateAfterTheCompactionIsNotLost() throws InterruptedException {
    moments.commit(20, put(10, "a", "1", "2"));
    moments.base(0, 1, 0, "a", "1", "b", "1");
    RecoveryPoint made = compact(20).point();

    moments.late(30, put(15, "b", "1", "2"));

    assertThat(moments.plan(30).base().id()).isEqualTo(made.id());
    assertThat(moments.itemsAt(30)).containsExactly(item("a", "2"), item("b", "2"));
    assertThat(moments.itemsAt(20)).containsExactly(item("a", "2"), item("b", "2"));
  }

  @Test
  void anEmptyTableIsABackupToo() throws InterruptedException {
    moments.commit(20, put(10, "a", "1", ""));
    moments.base(0, 1, 0, "a", "1");

    RecoveryPoint made = compact(20).point();

    assertThat(made.export().itemCount()).isZero();
    assertThat(made.export().dataFiles()).hasSize(1);
    assertThat(moments.itemsAt(20)).isEmpty();
  }

  /** Nothing that looks like a backup comes out of changes that are not whole. */
  @Test
  void damagedChangesMakeNoBackup() {
    Commit commit = moments.commit(20, put(10, "a", "1", "2"));
    moments.base(0, 1, 0, "a", "1");
    int before = moments.vault.vault.catalog().ids("orders").size();
    ChangeFile file = commit.files().get(0);
    moments.vault.memory.put(file.key(), new byte[(int) file.size()]);

    failure(ErrorCode.DAMAGED, () -> compact(20));
    assertThat(moments.vault.vault.catalog().ids("orders")).hasSize(before);
    assertThat(moments.log().bases()).hasSize(1);
  }

  /** Before anything is written, not when all is. */
  @Test
  void whatTheLockDoesNotAllowIsNotBegun() {
    moments.commit(20, put(10, "a", "1", "2"));
    moments.base(0, 1, 0, "a", "1");
    moments.vault.vault.lockLog().lock(VaultLock.governance(1, OptionalInt.of(7)));
    Set<String> before = keys();

    failure(ErrorCode.LOCKED, () -> compact(20));
    assertThat(keys()).isEqualTo(before);
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    moments.vault.memory.list("", info -> keys.add(info.key()));
    return keys;
  }

  /** Random changes: what older bases say of a second, the compacted ones say too. */
  @Test
  @Tag("F12")
  void compactionChangesNoMoment() throws InterruptedException {
    for (long seed = 1; seed <= 10; seed++) {
      new CompactRunTest().compareMoments(seed);
    }
  }

  private void compareMoments(long seed) throws InterruptedException {
    SplittableRandom chance = new SplittableRandom(seed);
    Map<String, String> table = new TreeMap<>();
    int value = 0;
    for (int second = 0; second < 40; second += 4) {
      List<Change> changes = new ArrayList<>();
      for (double time = second; time < second + 4; time += 0.5) {
        String key = "k" + chance.nextInt(5);
        String before = table.getOrDefault(key, "");
        String after = chance.nextInt(3) == 0 && !before.isEmpty() ? "" : "v" + ++value;
        changes.add(put(time, key, before, after));
        table.put(key, after);
      }
      moments.commit(second + 2, changes.toArray(Change[]::new));
    }
    moments.base(0, 0, 0);
    Map<Integer, List<String>> expected = moments.itemsAt(0, 38);
    compact(1 + chance.nextInt(18));
    compact(20 + chance.nextInt(18)); // out of the first one and its changes
    assertThat(moments.itemsAt(0, 38)).as("seed %d", seed).isEqualTo(expected);
  }
}
