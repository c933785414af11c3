// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static io.dynavault.core.continuous.TestingLog.ID;
import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit every ten minutes: six an hour, of which the first two hours' expire. */
class ChainExpiryTest {
  private static final Instant FROM = START.plus(Duration.ofHours(2));

  private final TestingLog testing = new TestingLog();

  /** Commits 1 and 2 are of the hour that has begun, 3 to 8 of the next one. */
  @BeforeEach
  void expire() {
    testing.append(20, 600);
    testing.log.expire(new Expiry(ID, 8, FROM, FROM));
  }

  @Test
  void whatIsLeftIsRead() {
    assertThat(testing.log.firstNumber()).isEqualTo(9);
    assertThat(testing.log.completeFrom()).isEqualTo(FROM);
    assertThat(numbers(testing.log.commitsFrom(9))).startsWith(9L).endsWith(20L).hasSize(12);
    assertThat(testing.log.last().orElseThrow().number()).isEqualTo(20);
  }

  @Test
  void whatHasExpiredIsNotReadWhetherItIsThereOrNot() {
    assertExpired(() -> testing.log.commits(8, 20));
    remove(1, 8);
    assertExpired(() -> testing.log.commits(1, 2));
    assertThat(numbers(testing.log.commits(9, 10))).containsExactly(9L, 10L);
  }

  @Test
  void aSearchBeginsWithWhatIsLeft() {
    remove(1, 8);
    assertThat(testing.log.firstCompleteTo(START).orElseThrow().number()).isEqualTo(9);
    assertThat(testing.log.firstNumberFrom(START, Duration.ZERO)).isEqualTo(9);
    testing.log.inventory().withoutObject(20, number -> fail("no object: " + number));
  }

  @Test
  void theChainGoesOn() {
    remove(1, 8);
    ChainLog other = testing.on(testing.memory);
    assertThat(other.append(testing.commit(21, 21 * 600))).isTrue();
    assertThat(other.last().orElseThrow().number()).isEqualTo(21);
  }

  @Test
  void aChainOfWhichAllHasExpiredHasNoLastCommit() {
    testing.log.expire(new Expiry(ID, 20, FROM, FROM));
    remove(1, 20);
    assertThat(testing.log.last()).isEmpty();
    assertThat(testing.log.firstNumber()).isEqualTo(21);
  }

  @Test
  void theNewestExpiryCounts() {
    testing.log.expire(new Expiry(ID, 14, FROM.plusSeconds(60), FROM));
    assertThat(testing.log.expiry()).contains(new Expiry(ID, 14, FROM.plusSeconds(60), FROM));
    assertThat(testing.log.firstNumber()).isEqualTo(15);
  }

  @Test
  void aCommitThatIsLostIsNoExpiredOne() {
    remove(1, 8);
    testing.memory.delete(testing.log.chain().keys().commit(20));
    testing.memory.delete(testing.log.chain().keys().commit(19));
    testing.memory.put(testing.log.chain().keys().commit(21), new byte[] {1});
    assertThatThrownBy(() -> testing.on(testing.memory).last())
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
  }

  @Test
  void changesThatExpireWhileTheyAreReadAreNoDamage() {
    List<Long> read = new ArrayList<>();
    assertExpired(
        () ->
            new ChangeReading(testing.memory, 1, new StopSignal())
                .only(
                    file -> {
                      testing.log.expire(new Expiry(ID, 14, FROM, FROM));
                      testing.memory.delete(file.key());
                      return true;
                    })
                .read(testing.log, 9, 20, (commit, file, change) -> read.add(commit)));
    assertThat(read).isEmpty();
  }

  private void remove(long from, long to) {
    for (long number = from; number <= to; number++) {
      Commit commit = testing.commit(number, number * 600);
      commit.files().forEach(file -> testing.memory.delete(file.key()));
      testing.memory.delete(testing.log.chain().keys().commit(number));
    }
    Instant hour = START.truncatedTo(ChronoUnit.HOURS);
    for (long hours = 0; hours * 6 <= to; hours++) {
      testing.memory.delete(testing.log.chain().keys().hour(hour.plus(Duration.ofHours(hours))));
    }
  }

  private static void assertExpired(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND))
        .hasMessageContaining("have expired");
  }

  private static List<Long> numbers(List<Commit> commits) {
    return commits.stream().map(Commit::number).toList();
  }
}
