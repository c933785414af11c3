// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.corruption;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.verify.Finding;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.scorecard.Figures;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damage of every kind to the objects of a backup: all of it is found, and none of it restored. */
@Tag("G2")
class CorruptionIT {
  private static final int PLACES = Integer.getInteger("dynavault.flips", 3_000);
  private static final Figures FIGURES = new Figures("corruption");

  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private LiveTable table;
  private DamagedBackup backup;

  @AfterEach
  void drop() {
    backup.close();
    table.drop();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.add("undetected", 0).add("wrongRestores", 0).write(); // one fails its test before
  }

  /** Also in bits that no reader looks at, such as the time in the header of gzip. */
  @Test
  void aFlippedBitInAnyByteOfASmallBackupIsFound() throws InterruptedException {
    backUp(small(40), 3);
    int longest = backup.files().stream().mapToInt(this::length).max().orElseThrow();
    for (int at = 0; at < longest; at++) {
      List<String> flipped = new ArrayList<>();
      for (String key : backup.files()) {
        if (at < length(key)) {
          backup.flip(key, at, (at + flipped.size()) % 8);
          flipped.add(key);
        }
      }
      requireFound(flipped, VerifyLevel.CHECKSUMS, "byte " + at);
    }
    String record = backup.recordKey();
    for (int at = 0; at < length(record); at++) {
      backup.flip(record, at, at % 8);
      requireFound(List.of(record), VerifyLevel.STRUCTURE, "byte " + at);
    }
    requireSound();
  }

  @Test
  void aFlippedBitAnywhereInALargeBackupIsFound() throws InterruptedException {
    backUp(new AirportsTable(TestingServers.newTableName("large")), 8);
    long seed = Long.getLong("dynavault.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int flips = 0; flips < PLACES; flips += backup.files().size()) {
      for (String key : backup.files()) {
        backup.flip(key, random.nextInt(length(key)), random.nextInt(8));
      }
      requireFound(backup.files(), VerifyLevel.CHECKSUMS, "-Ddynavault.seed=" + seed);
    }
    requireSound();
  }

  /** Reading is what a restore does before it writes. */
  @Test
  void fromDamagedFilesNothingIsReadThatWasNotBackedUp() throws InterruptedException {
    backUp(small(20), 2);
    List<String> items = backup.read();
    for (String key : backup.files()) {
      for (int at = 0; at < length(key); at++) {
        backup.flip(key, at, at % 8);
        try {
          assertThat(backup.read()).as("%s, byte %s", key, at).isEqualTo(items);
        } catch (DynavaultException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED);
        }
        backup.repair(key);
        FIGURES.add("readsOfDamaged", 1);
      }
    }
  }

  @Test
  void damagedFilesAreFoundAndNeverRestored() throws InterruptedException {
    backUp(small(40), 3);
    SortedMap<String, String> contents = table.contents();
    for (String key : backup.files()) {
      for (Damage damage : Damage.values()) {
        damage.apply(backup, key);
        requireRefusedOrSame(contents, damage + " " + key);
        requireFound(List.of(key), VerifyLevel.CHECKSUMS, damage + " " + key);
      }
    }
    requireSound();
  }

  @Test
  void aFileThatNoBackupHasWrittenIsReportedAndChangesNoRestore() throws InterruptedException {
    backUp(small(40), 3);
    String known = backup.dataFiles().get(0);
    String added = known.replace(".json.gz", "x.json.gz");
    backup.replace(added, backup.original(known));

    assertThat(backup.verify(VerifyLevel.DATA).findings()).extracting(Finding::key).contains(added);
    LiveTable restored = backup.restore(TestingServers.newTableName("restored"));
    assertThat(restored).hasContents(table.contents());
    restored.drop();
  }

  private void backUp(DemoTable made, int workers) throws InterruptedException {
    table = LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), made);
    backup = DamagedBackup.of(store, table, workers);
    assertThat(backup.dataFiles()).hasSizeGreaterThan(1);
  }

  private static DemoTable small(int items) {
    return new SmallTable(TestingServers.newTableName("damaged"), items);
  }

  private int length(String key) {
    return backup.original(key).length;
  }

  /** What a restore brings back is what was backed up, or it says what is damaged. */
  private void requireRefusedOrSame(SortedMap<String, String> contents, String damage)
      throws InterruptedException {
    String name = TestingServers.newTableName("restored");
    LiveTable restored = LiveTable.of(TestingServers.dynamoDb().endpoint(), name);
    try {
      backup.restore(name);
      assertThat(restored.contents()).as(damage).isEqualTo(contents);
    } catch (DynavaultException e) {
      assertThat(e.code()).as(damage).isEqualTo(ErrorCode.DAMAGED);
    } finally {
      if (restored.exists()) {
        restored.drop();
      }
    }
    FIGURES.add("restoresOfDamaged", 1);
  }

  private void requireFound(List<String> damaged, VerifyLevel level, String what)
      throws InterruptedException {
    Set<String> found =
        backup.verify(level).findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .map(Finding::key)
            .collect(Collectors.toSet());
    assertThat(found).as(what).containsAll(damaged);
    damaged.forEach(backup::repair);
    FIGURES.add("damages", damaged.size()).add("detected", damaged.size());
  }

  private void requireSound() throws InterruptedException {
    assertThat(backup.verify(VerifyLevel.DATA).findings()).isEmpty();
  }
}
