// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecidingChangesTest {
  private final SpoolFolder folder = new SpoolFolder();

  @AfterEach
  void removeFiles() throws IOException {
    folder.close();
  }

  /** One key more than memory has room for. */
  @Test
  void aFileIsMadeWhenMemoryIsFull() throws IOException {
    RankTable table = new RankTable(1024);
    int room = 0;
    while (table.hasRoom()) {
      table.offer(key(room), 1, room++);
    }
    assertThat(room * RankTable.SLOT_BYTES).isBetween(512, 1024);
    DecidingChanges fits = new DecidingChanges(1024L * KeyDigest.PARTITIONS, folder);
    DecidingChanges spills = new DecidingChanges(1024L * KeyDigest.PARTITIONS, folder);
    for (int number = 0; number < room; number++) {
      fits.offer(key(number), number, number);
      spills.offer(key(number), number, number);
    }
    assertThat(files()).isEmpty();
    spills.offer(key(room), room, room);
    assertThat(files()).containsExactly("7.ranks");

    fits.finish();
    spills.finish();
    for (int number = 0; number < room; number++) {
      assertThat(fits.decides(key(number), number)).isTrue();
      assertThat(spills.decides(key(number), number)).isTrue();
      assertThat(spills.decides(key(number), number + 1)).isFalse();
    }
    assertThat(fits.contains(key(room))).isFalse();
    assertThat(spills.decides(key(room), room)).isTrue();
    assertThat(spills.contains(key(room + 1))).isFalse();
  }

  /** What was forgotten in memory is still told from what outranks it. */
  @Test
  void ranksAreComparedAcrossTheFile() throws IOException {
    DecidingChanges changes = new DecidingChanges(0, folder);
    changes.offer(key(0), 9, 1);
    for (int number = 1; number < 100; number++) {
      changes.offer(key(number), 5, 100 + number);
    }
    changes.offer(key(0), 3, 2); // lower, and memory does not know the other one any more
    changes.offer(key(1), 5, 3); // the same, at an earlier place
    changes.offer(key(2), 6, 4);
    changes.finish();

    assertThat(changes.decides(key(0), 1)).isTrue();
    assertThat(changes.decides(key(0), 2)).isFalse();
    assertThat(changes.decides(key(1), 101)).isTrue();
    assertThat(changes.decides(key(2), 4)).isTrue();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.get().file("x").getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("ranks"))
          .toList();
    }
  }

  /** All of one part, some with the same lower half. */
  private static KeyDigest key(int number) {
    return new KeyDigest(7L << 56 | number, 1 + number / 2);
  }
}
