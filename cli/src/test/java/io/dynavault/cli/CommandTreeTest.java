// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CommandTreeTest {
  static Stream<CommandLine> commands() {
    return CommandTree.build(new FlagValues()).getSubcommands().values().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aLineThatNamesACommandFindsItAsItIsInTheWholeTree(CommandLine command) {
    String name = command.getCommandName();

    CommandLine built = CommandTree.buildFor(new String[] {name, "--help"}, new FlagValues());

    assertThat(built.getSubcommands()).containsOnlyKeys(name);
    assertThat(help(built.getSubcommands().get(name))).isEqualTo(help(command));
  }

  /** Of a command and all below it. */
  private static List<String> help(CommandLine command) {
    List<String> pages = new ArrayList<>(List.of(command.getUsageMessage(Ansi.OFF)));
    command.getSubcommands().values().forEach(child -> pages.addAll(help(child)));
    return pages;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--version", "--help", "bakcup", "-q backup", "BACKUP"})
  void anyOtherLineHasTheWholeTree(String line) {
    CommandLine built = CommandTree.buildFor(line.split(" "), new FlagValues());

    assertThat(help(built)).isEqualTo(help(CommandTree.build(new FlagValues())));
  }

  @Test
  void noLineHasTheWholeTree() {
    CommandLine built = CommandTree.buildFor(new String[0], new FlagValues());

    assertThat(built.getSubcommands()).hasSizeGreaterThan(20);
  }

  @Test
  void valuesOfSettingsArriveWhicheverTreeItIs() {
    FlagValues flags = new FlagValues();
    String[] line = {"list", "--vault", "elsewhere"};

    CommandTree.buildFor(line, flags).parseArgs(line);

    assertThat(flags.asMap()).containsValue("elsewhere");
  }
}
