// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hours of files, each of which a commit names. */
class FolderSumsTest {
  private final FolderSums sums = new FolderSums();

  @BeforeEach
  void name() {
    List.of("data/h1/a", "data/h1/b", "data/h2/a", "data/h2/c").forEach(sums::addNamed);
  }

  private void store(String... keys) {
    List.of(keys).forEach(key -> sums.addStored(key, true));
  }

  @Test
  void whereAllIsNamedNothingIsLookedAt() {
    store("data/h2/c", "data/h1/b", "data/h1/a", "data/h2/a");

    assertThat(sums.differ()).isFalse();
  }

  @Test
  void oneFileTooManyIsLookedForInItsFolderOnly() {
    store("data/h1/a", "data/h1/b", "data/h2/a", "data/h2/b", "data/h2/c");

    assertThat(sums.differ()).isTrue();
    assertThat(sums.differ("data/h1/a")).isFalse();
    assertThat(sums.differ("data/h2/a")).isTrue();
  }

  /** As many as are named, but another one. */
  @Test
  void aFileInsteadOfOneThatIsMissingIsLookedFor() {
    store("data/h1/a", "data/h1/c", "data/h2/a", "data/h2/c");

    assertThat(sums.differ("data/h1/c")).isTrue();
    assertThat(sums.differ("data/h2/c")).isFalse();
  }

  @Test
  void aFolderThatNoCommitKnowsIsLookedAt() {
    store("data/h1/a", "data/h1/b", "data/h2/a", "data/h2/c", "data/h3/a");

    assertThat(sums.differ("data/h3/a")).isTrue();
  }

  @Test
  void filesThatMayYetBeNamedAreNotLookedAt() {
    store("data/h1/a", "data/h1/b", "data/h2/a", "data/h2/c");
    sums.addStored("data/h3/a", false);

    assertThat(sums.differ()).isFalse();
  }
}
