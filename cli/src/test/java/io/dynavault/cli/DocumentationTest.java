// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that people read: what they link to is there, and what they claim is shown. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Path COMPARISON = ROOT.resolve("docs/comparison.md");
  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^) ]+)\\)");
  private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}_ -]");
  private static final Pattern CLAIM = Pattern.compile(".*\\[.+]\\([^)]+\\).* · .*");
  private static final Pattern TEST = Pattern.compile(".*/\\w+(?:Test|IT|Properties|Fuzz)\\.java");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> deploy = Files.walk(ROOT.resolve("deploy"))) {
      return Stream.of(top, docs, deploy)
          .flatMap(pages -> pages)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    assertThat(links(String.join("\n", prose(page))))
        .filteredOn(link -> !link.contains("://") && !link.startsWith("mailto:"))
        .allSatisfy(link -> assertLeadsSomewhere(page, link));
  }

  @Test
  void everyYesOfTheComparisonIsExplainedAndTested() throws IOException {
    List<String> cells = cellsOfDynavault();

    assertThat(cells)
        .hasSizeGreaterThan(25)
        .allSatisfy(
            cell -> {
              if (!cell.matches("no\\b.*")) {
                assertThat(cell).matches(CLAIM);
                List<String> links = links(cell);
                assertThat(links.get(0)).as("where it is explained").doesNotContain(".java");
                assertThat(links).as("where it is shown").anyMatch(TEST.asMatchPredicate());
              }
            });
    assertThat(cells).anyMatch(cell -> cell.startsWith("no"));
  }

  /** The second cell of each row of the tables about features. */
  private static List<String> cellsOfDynavault() throws IOException {
    List<String> cells = new ArrayList<>();
    for (String line : prose(COMPARISON)) {
      if (line.startsWith("## When to take")) {
        break;
      }
      if (line.startsWith("| ") && !line.startsWith("|  |")) {
        cells.add(line.split("\\|", -1)[2].strip());
      }
    }
    return cells;
  }

  private static void assertLeadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    assertThat(target).exists();
    if (parts.length == 2) {
      assertThat(anchors(target)).as("headings of %s", target).contains(parts[1]);
    }
  }

  private static List<String> links(String text) {
    return LINK.matcher(text).results().map((MatchResult link) -> link.group(1)).toList();
  }

  /** Names of the headings of a page, as GitHub makes them. */
  private static List<String> anchors(Path page) throws IOException {
    return prose(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
        .map(line -> NO_PART_OF_AN_ANCHOR.matcher(line).replaceAll("").replace(' ', '-'))
        .toList();
  }

  /** The lines of a page that are not code. */
  private static List<String> prose(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code) {
        lines.add(line);
      }
    }
    return lines;
  }
}
