// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.scorecard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Makes docs/scorecard.md of the figures that tests have left. Run by {@code testing/scorecard}.
 */
public final class ScorecardPage {
  /** The rows of the page, in their order. */
  static final List<Row> ROWS =
      List.of(
          Row.figures(
              "Crash matrix: the process is halted before one of its writes, for every write of"
                  + " backup, resume, restore, copy, delete, expire and gc",
              "CrashMatrixIT",
              "crash-matrix",
              "points",
              "violations"),
          Row.figures(
              "SIGKILL of the launcher at a random moment of a backup or restore; then resumed and"
                  + " compared item by item",
              "KillIT",
              "kills",
              "runs",
              "losses"),
          Row.figures(
              "Process stopped (SIGSTOP) for longer than its lease, replaced by another, woken: a"
                  + " second commit",
              "SleepingHolderIT",
              "fencing",
              "sleepers",
              "doubleCommits"),
          Row.figures(
              "Every kind of fault at every call of every use case, which is then run again: an"
                  + " item lost, a record wrong, something left over",
              "FaultAtEveryCallTest",
              "fault-calls",
              ".cases",
              ".violations"),
          Row.figures(
              "Random schedules of faults of store and DynamoDB over histories of commands",
              "FaultSchedulesTest",
              "fault-schedules",
              "schedules",
              "violations."),
          Row.figures(
              "Damaged objects (a bit of every byte of a small backup, 10,000 places of a large"
                  + " one, files cut, swapped, removed): not found by verify",
              "CorruptionIT",
              "corruption",
              "damages",
              "undetected"),
          Row.figures(
              "Reads of damaged files: other items given out than were backed up",
              "CorruptionIT",
              "corruption",
              "readsOfDamaged",
              "wrongRestores"),
          Row.figures(
              "Good backups of many shapes verified: false alarms",
              "FalseAlarmIT",
              "false-alarms",
              "goodBackups",
              "falseAlarms"),
          Row.figures(
              "Reads that give a wrong bit once: taken for damage",
              "FalseAlarmIT",
              "false-alarms",
              "readsThatFailedOnce",
              "falseAlarms"),
          Row.figures(
              "Random histories of recovery points under random retention rules: something deleted"
                  + " that must be kept",
              "RetentionHistoriesTest",
              "retention-histories",
              "histories",
              "violations"),
          Row.figures(
              "Random seconds of continuous backups of tables in DynamoDB Local, each compared with"
                  + " what is known of it: items that are wrong",
              "MomentModelIT",
              "moments",
              "moments",
              "items.mismatching"),
          Row.figures(
              "Lives of captures that are stopped, killed, or frozen past their lease and replaced,"
                  + " over streams that lose records or shards, end, or are another table's: a"
                  + " change lost or there twice, a loss that is not told, a second that is wrong",
              "CaptureStoriesTest",
              "capture-stories",
              "stories",
              "violations"),
          Row.figures(
              "Captures of which any one call to the vault or the stream fails, is lost, or is the"
                  + " last one; then gone on with: a change lost or there twice, a second that is"
                  + " wrong",
              "CaptureFaultsTest",
              "capture-faults",
              ".cases",
              ".violations"),
          Row.figures(
              "Compactions of which any one call fails, is lost, or is the last one; then compacted"
                  + " again, the old base deleted: a second that is wrong, something left over",
              "CompactionFaultsTest",
              "compaction-faults",
              ".cases",
              ".violations"),
          Row.tests("Names and keys that lead out of their folder", "ObjectKeysTest"),
          Row.tests(
              "Files that are not what they say, and unpack to too much", "DataFileReaderTest"),
          Row.tests("Secrets in output, logs and files of the launcher", "SecretsIT"));

  private ScorecardPage() {}

  /**
   * Writes the page.
   *
   * @param arguments the folder of the sources
   */
  public static void main(String[] arguments) throws IOException {
    Path sources = Path.of(arguments[0]);
    String page = render(Evidence.below(sources), Instant.now(), versions(sources));
    Files.writeString(sources.resolve("docs/scorecard.md"), page, UTF_8);
  }

  private static String versions(Path sources) throws IOException {
    String pom = Files.readString(sources.resolve("pom.xml"), UTF_8);
    String version = pom.replaceFirst("(?s).*?<version>([^<]*)</version>.*", "$1");
    return "Dynavault %s, Java %s, %s %s, %d processors"
        .formatted(
            version,
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.getRuntime().availableProcessors());
  }

  /**
   * The page.
   *
   * @throws IllegalStateException if a figure is missing
   */
  static String render(Evidence evidence, Instant made, String versions) {
    StringBuilder page =
        new StringBuilder(
            """
            # Scorecard

            What was done to Dynavault, and how often something went wrong. Made by `testing/scorecard` from one run of the
            tests; the numbers are theirs. Speed and memory are in [performance.md](performance.md).

            Made %s with %s.

            | what | how often | went wrong | shown by |
            |---|--:|--:|---|
            """
                .formatted(made.truncatedTo(ChronoUnit.MINUTES), versions));
    for (Row row : ROWS) {
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | [%s](../%s) |%n",
              row.what(),
              row.count(evidence),
              row.wrong(evidence),
              row.test(),
              evidence.sourceOf(row.test())));
    }
    return page.toString();
  }
}
