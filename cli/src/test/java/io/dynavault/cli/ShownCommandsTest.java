// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Every command line that a page shows is one that the program takes, also where it needs AWS and
 * nobody runs it here.
 */
class ShownCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:\\$ )?(?:\\./)?dynavault (?<arguments>[a-z][^#|>]*?)(?: &&| #.*| \\|.*| >.*)?");
  private static final Pattern ARGUMENT = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

  private record Shown(String page, String line, List<String> arguments) {}

  @Test
  void pagesShowOnlyCommandsThatTheProgramTakes() throws IOException {
    List<Shown> all = new ArrayList<>();
    for (Path page : pages()) {
      all.addAll(shownIn(page));
    }

    assertThat(all).hasSizeGreaterThan(150);
    assertThat(all.stream().flatMap(ShownCommandsTest::problem)).isEmpty();
  }

  /** What the program says of a command line that it does not take. */
  private static Stream<String> problem(Shown shown) {
    try {
      CommandTree.build(new FlagValues()).parseArgs(shown.arguments().toArray(String[]::new));
      return Stream.empty();
    } catch (CommandLine.ParameterException e) {
      return Stream.of(shown.page() + ": " + shown.line() + ": " + e.getMessage());
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String folder : List.of("docs/guide", "docs/runbooks", "docs/reference", "deploy")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  private static List<Shown> shownIn(Path page) throws IOException {
    List<Shown> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readString(page).replaceAll("\\\\\n\\s*", "").lines().toList()) {
      String text = line.strip();
      Matcher command = COMMAND.matcher(text);
      if (text.startsWith("```")) {
        inside = !inside;
      } else if (inside && command.matches()) {
        commands.add(
            new Shown(page.toString(), text, arguments(command.group("arguments").strip())));
      }
    }
    return commands;
  }

  /** As a shell splits them, quotes taken off. */
  private static List<String> arguments(String text) {
    return ARGUMENT
        .matcher(text)
        .results()
        .map(one -> one.group().replaceAll("['\"]", ""))
        .toList();
  }
}
