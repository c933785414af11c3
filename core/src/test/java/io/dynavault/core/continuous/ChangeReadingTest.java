// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static io.dynavault.core.continuous.TestingLog.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.format.change.ChangeFileReader;
import io.dynavault.format.item.ChangeLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeReadingTest {
  private final TestingLog testing = new TestingLog();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Test
  void oneWorkerHandsOutChangesInOrder() throws InterruptedException {
    List<String> expected = append(30);

    reading(1).read(testing.log, 1, 30, this::see);

    assertThat(seen).containsExactlyElementsOf(expected);
  }

  @Test
  void severalWorkersHandOutEachChangeOnceWithItsOrder() throws InterruptedException {
    List<String> expected = append(30);

    reading(4).read(testing.log, 1, 30, this::see);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void onlyTheCommitsThatAreAskedForAreRead() throws InterruptedException {
    List<String> expected = append(30);

    reading(1).read(testing.log, 11, 12, this::see);
    assertThat(seen).containsExactlyElementsOf(expected.subList(40, 48));
    seen.clear();

    reading(1).read(testing.log.commits(11, 12), this::see);
    assertThat(seen).containsExactlyElementsOf(expected.subList(40, 48));
    seen.clear();

    reading(1).read(testing.log, 12, 11, this::see);
    assertThat(seen).isEmpty();
  }

  @Test
  void filesThatAreNotWantedAreNotRead() throws InterruptedException {
    append(3);
    Commit second = testing.log.commits(2, 2).get(0);
    testing.memory.delete(second.files().get(0).key());

    reading(1)
        .only(file -> !file.key().equals(second.files().get(0).key()))
        .read(testing.log, 1, 3, this::see);

    assertThat(seen).hasSize(10);
  }

  @Test
  void moreFilesThanAreReadAtATimeAreReadAll() throws InterruptedException {
    for (int number = 1; number <= 600; number++) {
      testing.log.append(TestingLog.commit(number, number, 1, file(number, 0), file(number, 1)));
    }

    reading(1).read(testing.log, 1, 600, this::see);

    assertThat(seen).hasSize(2400).doesNotHaveDuplicates();
  }

  @Test
  void aMissingFileIsDamage() {
    append(3);
    String key = testing.log.commits(2, 2).get(0).files().get(1).key();
    testing.memory.delete(key);

    assertDamaged(key);
  }

  @Test
  void aFileThatWasExchangedIsDamage() {
    append(3);
    String key = testing.log.commits(2, 2).get(0).files().get(1).key();
    testing.memory.put(key, TestingLog.changes("other 1", "other 2"));

    assertDamaged(key);
  }

  @Test
  void readingEndsWhenAsked() {
    append(3);
    StopSignal stop = new StopSignal();

    assertThatThrownBy(
            () ->
                new ChangeReading(testing.memory, 1, stop)
                    .read(
                        testing.log,
                        1,
                        3,
                        (commit, file, change) -> {
                          see(commit, file, change);
                          stop.request();
                        }))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    assertThat(seen).hasSize(1);
  }

  private ChangeReading reading(int workers) {
    return new ChangeReading(testing.memory, workers, new StopSignal());
  }

  private void assertDamaged(String key) {
    for (int workers : new int[] {1, 3}) {
      assertThatThrownBy(() -> reading(workers).read(testing.log, 1, 3, this::see))
          .isInstanceOfSatisfying(
              DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
          .hasMessageContaining(key);
    }
  }

  /** Appends commits of two files of two changes each; returns their changes in order. */
  private List<String> append(int commits) {
    List<String> expected = new ArrayList<>();
    for (int number = 1; number <= commits; number++) {
      testing.log.append(
          TestingLog.commit(number, number * 300L, 1, file(number, 0), file(number, 1)));
      for (int file = 0; file < 2; file++) {
        for (int line = 1; line <= 2; line++) {
          expected.add(
              "%d %d %d {\"pk\":{\"S\":\"%d-%d-%d\"}}"
                  .formatted(number, file, line, number, file, line));
        }
      }
    }
    return expected;
  }

  private ChangeFile file(int number, int file) {
    return testing.changeFile(
        "n" + number + "f" + file,
        START.plusSeconds(number),
        number + "-" + file + "-1",
        number + "-" + file + "-2");
  }

  private void see(long commit, int file, ChangeFileReader change) {
    ChangeLine.Slice keys = change.keys();
    String key = new String(change.array(), keys.offset(), keys.length(), UTF_8);
    seen.add("%d %d %d %s".formatted(commit, file, change.lineNumber(), key));
  }
}
