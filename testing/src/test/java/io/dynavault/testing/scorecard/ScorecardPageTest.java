// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that is published, and how it is made. */
class ScorecardPageTest {
  private static final Path SOURCES = Path.of("..");
  private static final Instant MADE = Instant.parse("2026-11-21T12:00:00Z");

  /** How often what is published must have been done at least. */
  private static final Map<String, Integer> LEAST =
      Map.ofEntries(
          Map.entry("CrashMatrixIT", 150),
          Map.entry("KillIT", 200),
          Map.entry("FaultSchedulesTest", 1_000),
          Map.entry("CorruptionIT", 1_000),
          Map.entry("FalseAlarmIT", 100),
          Map.entry("FaultAtEveryCallTest", 1_000),
          Map.entry("RetentionHistoriesTest", 10_000),
          Map.entry("MomentModelIT", 1_000),
          Map.entry("CaptureFaultsTest", 500),
          Map.entry("CompactionFaultsTest", 300));

  @TempDir private Path folder;

  @Test
  void thePublishedPageHasEveryRowAndNothingWentWrong() throws IOException {
    Path published = SOURCES.resolve("docs/scorecard.md");
    assumeTrue(Files.exists(published), "not published yet: run testing/scorecard");
    List<String> page = Files.readAllLines(published);

    assertThat(page)
        .anyMatch(line -> line.matches("Made 20\\d\\d-\\d\\d-\\d\\dT.*Z with Dynavault .*\\."));
    List<String> rows = page.stream().filter(line -> line.startsWith("| ")).skip(1).toList();
    assertThat(rows).hasSameSizeAs(ScorecardPage.ROWS);
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = rows.get(i).split("\\|");
      Row row = ScorecardPage.ROWS.get(i);
      assertThat(cells[1].trim()).isEqualTo(row.what());
      assertThat(number(cells[2]))
          .as(rows.get(i))
          .isGreaterThanOrEqualTo(LEAST.getOrDefault(row.test(), 1));
      assertThat(number(cells[3])).as(rows.get(i)).isZero();
      String link = cells[4].replaceFirst(".*\\((.*)\\).*", "$1").trim();
      assertThat(SOURCES.resolve("docs").resolve(link)).exists();
    }
  }

  private static long number(String cell) {
    assertThat(cell.trim()).matches(Pattern.compile("\\d{1,3}(,\\d{3})*"));
    return Long.parseLong(cell.trim().replace(",", ""));
  }

  @Test
  void aRowTellsWhatTheTestsHaveCounted() throws IOException {
    writeAll(3);
    write("core/target/scorecard/crash-matrix.properties", "points=1234", "violations=7");

    String page = ScorecardPage.render(Evidence.below(folder), MADE, "Dynavault 1");

    assertThat(page)
        .contains("Made 2026-11-21T12:00:00Z with Dynavault 1.\n")
        .contains("gc | 1,234 | 7 | [CrashMatrixIT](../core/src/CrashMatrixIT.java) |\n")
        .contains("over histories of commands | 3 | 5 | [FaultSchedulesTest]");
  }

  @Test
  void aPageIsNotMadeWhileSomethingWasNotDone() throws IOException {
    writeAll(0);
    assertThatThrownBy(() -> ScorecardPage.render(Evidence.below(folder), MADE, ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("never done")
        .hasMessageContaining("CrashMatrixIT");
    Files.delete(folder.resolve("core/target/scorecard/crash-matrix.properties"));
    assertThatThrownBy(() -> ScorecardPage.render(Evidence.below(folder), MADE, ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("crash-matrix.properties");
  }

  /** Evidence of all rows, done so many times. */
  private void writeAll(int done) throws IOException {
    for (Row row : ScorecardPage.ROWS) {
      write("core/src/" + row.test() + ".java");
      write(
          "core/target/surefire-reports/TEST-a." + row.test() + ".xml",
          "<testsuite>",
          "<testcase name=\"x\"/>",
          "</testsuite>");
    }
    String[] figures = {
      "points=" + done,
      "runs=" + done,
      "sleepers=" + done,
      "schedules=" + done,
      "damages=" + done,
      "readsOfDamaged=" + done,
      "goodBackups=" + done,
      "readsThatFailedOnce=" + done,
      "histories=" + done,
      "moments=" + done,
      "stories=" + done,
      "items.mismatching=0",
      "BACKUP.cases=" + done,
      "BACKUP.violations=0",
      "violations=0",
      "violations.LOST=2",
      "violations.WRONG=3",
      "losses=0",
      "doubleCommits=0",
      "undetected=0",
      "wrongRestores=0",
      "falseAlarms=0",
      "date=today"
    };
    for (String file :
        List.of(
            "crash-matrix",
            "kills",
            "fencing",
            "fault-schedules",
            "corruption",
            "false-alarms",
            "fault-calls",
            "retention-histories",
            "moments",
            "capture-stories",
            "capture-faults",
            "compaction-faults")) {
      write("core/target/scorecard/" + file + ".properties", figures);
    }
  }

  private void write(String path, String... lines) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }
}
