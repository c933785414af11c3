// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static io.dynavault.core.continuous.TestingLog.ID;
import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ChainLogTest {
  private final TestingLog testing = new TestingLog();
  private final ChainLog log = testing.log;

  @Test
  void aChainIsFoundAgain() {
    RecoveryPointId later = new RecoveryPointId("01795253500000-0a1b2c3d");
    ContinuousBackups backups = new ContinuousBackups(testing.memory);
    backups.create(TestingLog.chain("orders", later));
    backups.create(TestingLog.chain("customers"));

    assertThat(backups.tables()).containsExactly("customers", "orders");
    assertThat(backups.chains("orders"))
        .extracting(ChainLog::chain)
        .containsExactly(TestingLog.chain("orders"), TestingLog.chain("orders", later));
    assertThat(backups.newest("orders").orElseThrow().chain().id()).isEqualTo(later);
    assertThat(backups.newest("others")).isEmpty();
  }

  @Test
  void aChainIsBegunOnce() {
    ContinuousBackups backups = new ContinuousBackups(testing.memory);
    Chain same = TestingLog.chain("orders");
    Chain other =
        new Chain(ID, same.table(), "another stream", START, Map.of(), same.toolVersion());

    assertThat(backups.create(same).chain()).isEqualTo(same);
    assertThatThrownBy(() -> backups.create(other))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
  }

  @Test
  void aNewChainHasNoCommit() {
    assertThat(log.last()).isEmpty();
    assertThat(log.commitsFrom(1)).isEmpty();
    assertThat(log.firstCompleteTo(START)).isEmpty();
    assertThat(log.bases()).isEmpty();
    assertThat(log.end()).isEmpty();
  }

  @Test
  void commitsAreReadAsTheyWereWritten() {
    Commit first =
        new Commit(
            ID,
            1,
            START.plusMillis(1500),
            7,
            START,
            List.of(testing.file("a", START), testing.file("b", START)),
            Map.of(
                "shard-1", ShardPosition.closed(Optional.empty()),
                "shard-2", ShardPosition.after("42", Optional.of("shard-1")),
                "shard-3", ShardPosition.trimHorizon(Optional.of("shard-1"))),
            new ChangeCounts(1, 1, 2, 1),
            Optional.of(new LateChanges(1, START.minusSeconds(9))));

    assertThat(log.append(first)).isTrue();

    assertThat(testing.on(testing.memory).commitsFrom(1)).containsExactly(first);
    assertThat(log.last()).contains(first);
  }

  @Test
  void anEndedHourIsIndexed() {
    testing.append(3, 600); // 09:40, 09:50, 10:00

    assertThat(hours()).containsExactly(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(new CommitObjects(testing.memory, log.chain()).hour(hours().get(0)).orElseThrow())
        .extracting(Commit::number)
        .containsExactly(1L, 2L);
  }

  @Test
  void anHourIsIndexedByTheProcessThatTakesOver() {
    testing.append(2, 600);

    testing.on(testing.memory).append(testing.commit(3, 86_400));

    assertThat(hours()).containsExactly(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(numbers(log.commitsFrom(1))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void theLastCommitIsFoundWhateverIsIndexed() {
    for (int number = 1; number <= 40; number++) {
      Commit commit = testing.commit(number, number * 300L);
      log.append(commit);
      assertThat(testing.on(testing.memory).last()).contains(commit);
    }
  }

  @Test
  void spansOfCommitsAreReadWhateverIsIndexed() {
    testing.append(40, 300);
    ChainLog read = testing.on(testing.memory);

    for (long from = 1; from <= 40; from += 3) {
      for (long to = from; to <= 40; to += 5) {
        assertThat(numbers(read.commits(from, to)))
            .containsExactlyElementsOf(LongStream.rangeClosed(from, to).boxed().toList());
      }
    }
    assertThat(read.commits(30, 29)).isEmpty();
  }

  @Test
  void aLongChainIsReadWithFewReads() {
    testing.append(2500, 5); // more than two folders of commits, three ended hours
    CountingStore counting = new CountingStore(testing.memory);
    ChainLog read = testing.on(counting);
    counting.reads = 0;

    assertThat(read.commits(10, 20)).hasSize(11);

    assertThat(counting.reads).isLessThan(6);
    assertThat(read.last().orElseThrow().number()).isEqualTo(2500);
  }

  @Test
  void theCommitThatIsCompleteToATimeIsFound() {
    testing.append(40, 300);

    for (int seconds = 0; seconds <= 12_000; seconds += 50) {
      // Commit n is complete to 300 n - 5 seconds.
      long number = Math.max(1, (seconds + 5 + 299) / 300);
      Optional<Long> expected = number <= 40 ? Optional.of(number) : Optional.empty();
      assertThat(log.firstCompleteTo(START.plusSeconds(seconds)).map(Commit::number))
          .as("%d", seconds)
          .isEqualTo(expected);
    }
  }

  @Test
  void aDamagedIndexIsReadFromItsCommits() {
    testing.append(40, 300);
    for (Instant hour : hours()) {
      testing.memory.put(log.chain().keys().hour(hour), new byte[] {1});

      ChainLog read = testing.on(testing.memory);
      assertThat(numbers(read.commitsFrom(1))).hasSize(40).isSorted();
      assertThat(read.last().orElseThrow().number()).isEqualTo(40);
      assertThat(read.firstCompleteTo(START.plusSeconds(1000)).map(Commit::number)).contains(4L);
    }
  }

  @Test
  void aMissingCommitIsNeverPassedOver() {
    testing.append(40, 5); // no hour has ended
    testing.memory.delete(log.chain().keys().commit(17));
    ChainLog read = testing.on(testing.memory);

    assertDamaged(read::last, "0000000017.json");
    assertDamaged(() -> read.commits(1, 40), "0000000017.json");
    assertDamaged(() -> read.append(testing.commit(17, 400)), "0000000017.json");
    assertThat(read.commits(18, 40)).hasSize(23);
  }

  @Test
  void aMissingCommitAtTheEndOfAFolderIsNotTakenForTheNextNumber() {
    testing.append(1200, 1);
    testing.memory.delete(log.chain().keys().commit(999));

    assertDamaged(() -> testing.on(testing.memory).last(), "0000000999.json");
  }

  @Test
  void aCommitThatOnlyTheIndexHasIsRead() {
    testing.append(40, 300);
    testing.memory.delete(log.chain().keys().commit(3));

    assertThat(numbers(testing.on(testing.memory).commitsFrom(1))).hasSize(40).contains(3L);
  }

  @Test
  void aTornCommitIsDamage() {
    testing.append(3, 5);
    String key = log.chain().keys().commit(3);
    byte[] torn = CommitParser.write(testing.commit(3, 15));
    testing.memory.put(key, cut(torn));

    assertDamaged(() -> testing.on(testing.memory).last(), key);
    assertDamaged(() -> testing.on(testing.memory).append(testing.commit(4, 20)), key);
  }

  @Test
  void numbersTimesAndFilesOfACommitAreChecked() {
    testing.append(2, 600);

    assertThatThrownBy(() -> log.append(testing.commit(4, 1300)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the next one, 3");
    assertThatThrownBy(() -> log.append(testing.commit(3, 1199)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("completeTo");
    assertThatThrownBy(() -> log.append(testing.commit(3, -1801)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hours");
    ChangeFile gone = testing.file("gone", START);
    testing.memory.delete(gone.key());
    assertDamaged(() -> log.append(TestingLog.commit(3, 1300, 1, gone)), gone.key());
    assertThat(log.append(testing.commit(3, 1300))).isTrue();
  }

  @Test
  void aCommitOfAnotherProcessIsNotOurs() {
    testing.append(2, 10);
    Commit theirs = TestingLog.commit(3, 30, 2, testing.file("theirs", START));
    Commit ours = TestingLog.commit(3, 30, 1, testing.file("ours", START));
    assertThat(testing.on(testing.memory).append(theirs)).isTrue();

    assertThat(log.append(ours)).isFalse();
    assertThat(log.append(ours)).isFalse();
    assertThat(log.append(theirs)).isTrue();
    assertThat(log.last()).contains(theirs);
  }

  @Test
  void hoursNeverRunBackwards() {
    testing.append(2, 600);
    Instant last = START.plusSeconds(1200);

    assertThat(log.writtenAt(last.plusSeconds(9))).isEqualTo(last.plusSeconds(9));
    assertThat(log.writtenAt(last.minus(Duration.ofDays(400)))).isEqualTo(last);
  }

  @Test
  void basesAreKept() {
    Base later = base("01795253900000-0a1b2c3d", 120);
    Base earlier = base("01795253800000-0a1b2c3d", 60);
    log.add(later);
    log.add(earlier);
    log.add(earlier);

    assertThat(log.bases()).containsExactly(earlier, later);
    assertThat(log.base(later.recoveryPoint())).contains(later);
    assertThat(log.base(ID)).isEmpty();
    ContinuousBackups backups = new ContinuousBackups(testing.memory);
    assertThat(backups.basesOf("orders", later.recoveryPoint())).containsExactly(later);
    assertThat(backups.basesOf("orders", ID)).isEmpty();
    assertThat(backups.basesOf("others", later.recoveryPoint())).isEmpty();
    assertThatThrownBy(() -> log.add(base("01795253800000-0a1b2c3d", 61)))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
  }

  @Test
  void aChainEndsOnce() {
    ChainEnd end =
        new ChainEnd(ID, ChainEnd.Reason.TRIMMED, "records of a day are gone", START, START);

    assertThat(log.end(end)).isTrue();
    assertThat(log.end(end)).isTrue();
    assertThat(log.end(new ChainEnd(ID, ChainEnd.Reason.REPLACED, "again", START, START)))
        .isFalse();
    assertThat(testing.on(testing.memory).end()).contains(end);
  }

  @Test
  void everyChangedBitOfAnObjectIsNoticed() {
    log.add(base("01795253800000-0a1b2c3d", 60));
    log.end(new ChainEnd(ID, ChainEnd.Reason.TRIMMED, "gone", START, START));
    testing.append(2, 1200);
    testing.memory.delete(log.chain().keys().commit(1)); // so that its index is read
    List<String> keys =
        List.of(
            log.chain().keys().end(),
            log.chain().keys().base("01795253800000-0a1b2c3d"),
            log.chain().keys().hour(START),
            log.chain().keys().commit(2));
    for (String key : keys) {
      byte[] content = content(key);
      for (int i = 0; i < content.length; i++) {
        byte[] changed = content.clone();
        changed[i] ^= 1;
        testing.memory.put(key, changed);
        assertThatThrownBy(() -> readAll(testing.on(testing.memory)))
            .as("byte %d of %s", i, key)
            .isInstanceOf(DynavaultException.class);
      }
      testing.memory.put(key, content);
    }
    readAll(testing.on(testing.memory));
  }

  private static void readAll(ChainLog log) {
    log.end();
    log.bases();
    log.commits(1, 2);
  }

  private byte[] content(String key) {
    try (ObjectDownload in = testing.memory.read(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Base base(String id, long seconds) {
    return new Base(
        ID, new RecoveryPointId(id), 0, Optional.empty(), 4, START.plusSeconds(seconds));
  }

  private List<Instant> hours() {
    return new CommitObjects(testing.memory, log.chain()).hours();
  }

  private static byte[] cut(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }

  private static List<Long> numbers(List<Commit> commits) {
    return commits.stream().map(Commit::number).toList();
  }

  private static void assertDamaged(ThrowingCallable call, String key) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
        .hasMessageContaining(key);
  }
}
