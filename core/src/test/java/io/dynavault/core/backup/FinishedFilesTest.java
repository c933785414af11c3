// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.DataFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G4")
@Tag("F20")
class FinishedFilesTest {
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void goesOnBehindTheLastFileOfEachSegment() {
    FinishedFiles finished =
        FinishedFiles.of(
            List.of(
                file("b", 0, key("k1"), key("k2")),
                file("a", 0, NONE, key("k1")),
                file("c", 1, NONE, NONE)),
            file -> true);
    assertThat(finished.position(0)).contains("k2");
    assertThat(finished.isComplete(0)).isFalse();
    assertThat(finished.isComplete(1)).isTrue();
    assertThat(finished.position(2)).isEmpty();
    assertThat(finished.isComplete(2)).isFalse();
    assertThat(finished.files()).hasSize(3);
  }

  @Test
  void readsASegmentAgainFromADamagedFileOn() {
    FinishedFiles finished =
        FinishedFiles.of(
            List.of(
                file("a", 0, NONE, key("k1")),
                file("broken", 0, key("k1"), key("k2")),
                file("c", 0, key("k2"), NONE)),
            file -> !file.name().equals("broken"));
    assertThat(finished.position(0)).contains("k1");
    assertThat(finished.isComplete(0)).isFalse();
    assertThat(finished.files()).extracting(FileState::name).containsExactly("a");
  }

  @Test
  void takesTheFileThatReplacedADamagedOne() {
    FinishedFiles finished =
        FinishedFiles.of(
            List.of(
                file("broken", 0, NONE, key("k1")),
                file("again", 0, NONE, key("k7")),
                file("end", 0, key("k7"), NONE)),
            file -> !file.name().equals("broken"));
    assertThat(finished.isComplete(0)).isTrue();
    assertThat(finished.files()).extracting(FileState::name).containsExactly("again", "end");
  }

  @Test
  void aFileIsCountedOnceWhenTwoRunsWroteTheSameSpan() {
    FinishedFiles finished =
        FinishedFiles.of(
            List.of(file("one", 0, NONE, key("k1")), file("two", 0, NONE, key("k1"))),
            file -> true);
    assertThat(finished.files()).hasSize(1);
  }

  @Test
  void stateSurvivesTheJournal() {
    for (FileState state :
        List.of(file("a", 7, NONE, NONE), file("b", 0, key("{\"pk\":{\"S\":\"é\"}}"), key("x")))) {
      assertThat(FileStateParser.fromJson(FileStateParser.toJson(state))).isEqualTo(state);
    }
  }

  private static Optional<String> key(String text) {
    return Optional.of(text);
  }

  private static FileState file(
      String name, int segment, Optional<String> startKey, Optional<String> endKey) {
    return new FileState(
        segment,
        startKey,
        endKey,
        100,
        new DataFile(3, "y+zg5fVeudb3R3DOQ+RKgA==", "etag-1", "data/" + name),
        new StoredFile("data/" + name, 55, "0".repeat(64), 3));
  }
}
