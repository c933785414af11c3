// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The pages of docs/reference say what the program does. To write them anew: {@code mvn -pl cli -am
 * test -Dtest=ReferenceDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true}
 */
class ReferenceDocsTest {
  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final Map<String, String> PAGES =
      Map.of(
          "cli.md", ReferencePages.commandLine(),
          "config.md", ReferencePages.configuration(),
          "errors.md", ReferencePages.errors());

  @ParameterizedTest
  @ValueSource(strings = {"cli.md", "config.md", "errors.md"})
  void pageIsWhatTheProgramSaysOfItself(String name) throws IOException {
    Path page = FOLDER.resolve(name);
    if (Boolean.getBoolean("regenerate")) {
      Files.createDirectories(FOLDER);
      Files.writeString(page, PAGES.get(name));
    }

    assertThat(page)
        .as("docs/reference/%s is out of date: run ReferenceDocsTest with -Dregenerate=true", name)
        .hasContent(PAGES.get(name));
  }

  @Test
  void everyCommandSaysWhatItPrintsAsJson() throws IOException {
    String page = Files.readString(FOLDER.resolve("json-output.md"));

    assertThat(leaves(CommandTree.build(new FlagValues())))
        .allSatisfy(name -> assertThat(page).contains("`" + name));
  }

  private static Stream<String> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command.getCommandSpec().qualifiedName().replaceFirst("dynavault ", ""))
        : command.getSubcommands().values().stream().flatMap(ReferenceDocsTest::leaves);
  }
}
