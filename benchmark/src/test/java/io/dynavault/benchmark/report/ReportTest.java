// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void aShareIsReachedWhenTheCostIsAsSmallAsWanted() {
    assertThat(Finding.share("backup", 2, 10, 5))
        .isEqualTo(new Finding("backup", "at most 1/5", "1/5", true));
    assertThat(Finding.share("backup", 4, 10, 5))
        .isEqualTo(new Finding("backup", "at most 1/5", "1/2.5", false));
  }

  @Test
  void aFigureBelowItsGoalIsReached() {
    assertThat(Finding.below("list", 0.734, 1, "s"))
        .isEqualTo(new Finding("list", "under 1 s", "0.73 s", true));
    assertThat(Finding.below("backup", 212.4, 200, "MB"))
        .isEqualTo(new Finding("backup", "under 200 MB", "212 MB", false));
  }

  @Test
  void aSpeedIsReachedWhenItIsAtLeastTheGoal() {
    assertThat(Finding.atLeast("capture", 20_000, 20_000, "changes/s"))
        .isEqualTo(new Finding("capture", "at least 20,000 changes/s", "20,000 changes/s", true));
    assertThat(Finding.atLeast("capture", 19_998.7, 20_000, "changes/s"))
        .isEqualTo(new Finding("capture", "at least 20,000 changes/s", "19,999 changes/s", false));
  }

  @Test
  void aSectionIsATableOfGoalsAndOneOfDetails() {
    Section section =
        new Section(
            "start",
            "Short commands",
            List.of(Finding.times("cost", 1.5, 2)),
            List.of(List.of("", "CPU"), List.of("a", "1.0")));

    assertThat(section.markdown("Measured today."))
        .isEqualTo(
            """
            ### Short commands

            Measured today.

            |  | goal | measured | reached |
            |---|---|---|---|
            | cost | at most 2 times | 1.5 times | yes |

            |  | CPU |
            |---|---|
            | a | 1.0 |\
            """);
  }

  @Test
  void onlyTheNamedSectionOfAPageIsReplaced() {
    String page =
        """
        text
        <!-- generated: one -->
        old
        <!-- end: one -->
        <!-- generated: two -->
        other
        <!-- end: two -->
        """;

    assertThat(Page.replace(page, "one", "new\nlines"))
        .isEqualTo(page.replace("old", "new\nlines"));
    assertThatThrownBy(() -> Page.replace(page, "three", "new"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("three");
  }
}
