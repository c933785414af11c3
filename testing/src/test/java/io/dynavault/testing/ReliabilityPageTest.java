// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every promise and every known failure has a test, and docs/reliability.md names it. */
class ReliabilityPageTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Path PAGE = ROOT.resolve("docs/reliability.md");

  private static final List<String> REQUIRED =
      List.of(
          "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G14", "G15",
          "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12", "F13", "F14",
          "F15", "F16", "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24");

  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([FG][0-9]+)\"\\)");
  private static final Pattern ROW = Pattern.compile("\\| ([FG][0-9]+) \\|.*\\|([^|]*)\\|");
  private static final Pattern CLASS = Pattern.compile("`([A-Za-z0-9]+)`");

  @Test
  void everyNumberHasTests() throws IOException {
    assertThat(tagged().keySet()).containsAll(REQUIRED);
  }

  @Test
  void thePageNamesTestsOfEveryNumber() throws IOException {
    Map<String, SortedSet<String>> tagged = tagged();
    Map<String, SortedSet<String>> named = named();

    assertThat(named.keySet()).containsAll(REQUIRED);
    named.forEach(
        (number, names) ->
            assertThat(tagged.get(number)).as(number).isNotNull().containsAll(names));
    named.values().forEach(names -> assertThat(names).isNotEmpty());
  }

  @Test
  void everyTestThatThePageNamesIsThere() throws IOException {
    Set<String> there = new HashSet<>();
    for (Path source : tests()) {
      there.add(source.getFileName().toString().replace(".java", ""));
    }

    assertThat(
            Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .flatMap(line -> CLASS.matcher(line).results())
                .map(match -> match.group(1))
                .filter(name -> name.matches(".*(Test|IT|Properties|Fuzz)")))
        .hasSizeGreaterThan(100)
        .allMatch(there::contains);
  }

  /** Classes by the numbers of their tags. */
  private static Map<String, SortedSet<String>> tagged() throws IOException {
    Map<String, SortedSet<String>> classes = new TreeMap<>();
    for (Path source : tests()) {
      String name = source.getFileName().toString().replace(".java", "");
      Matcher tag = TAG.matcher(Files.readString(source));
      while (tag.find()) {
        classes.computeIfAbsent(tag.group(1), number -> new TreeSet<>()).add(name);
      }
    }
    return classes;
  }

  private static List<Path> tests() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> folders =
          modules
              .map(module -> module.resolve("src/test/java"))
              .filter(Files::isDirectory)
              .toList();
      TreeSet<Path> sources = new TreeSet<>();
      for (Path folder : folders) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
      return List.copyOf(sources);
    }
  }

  /** Classes by the numbers of the page's rows. */
  private static Map<String, SortedSet<String>> named() throws IOException {
    Map<String, SortedSet<String>> classes = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        SortedSet<String> names = new TreeSet<>();
        CLASS.matcher(row.group(2)).results().forEach(match -> names.add(match.group(1)));
        classes.put(row.group(1), names);
      }
    }
    return classes;
  }
}
