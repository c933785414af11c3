// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.config.OptionGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The order and look of help: purpose, usage, examples, options by group, exit status. */
final class HelpLayout {
  private static final String SECTION_EXAMPLES = "examples";
  private static final int WIDTH = 100;

  private final CommandSpec spec;
  private final Map<OptionSpec, OptionGroup> settings;

  /**
   * @param settings the command's options that come from the table of options
   */
  HelpLayout(CommandSpec spec, Map<OptionSpec, OptionGroup> settings) {
    this.spec = spec;
    this.settings = Map.copyOf(settings);
  }

  void apply() {
    UsageMessageSpec usage = spec.usageMessage();
    usage.width(WIDTH);
    usage.abbreviateSynopsis(true).sortOptions(false).sortSynopsis(false);
    usage.synopsisHeading("%nUsage: ").parameterListHeading("%nArguments:%n");
    usage.commandListHeading("%nCommands:%n").exitCodeListHeading("%nEXIT STATUS:%n");
    usage.exitCodeList(exitCodes());
    usage.sectionKeys(
        List.of(
            SECTION_KEY_DESCRIPTION,
            SECTION_KEY_SYNOPSIS_HEADING,
            SECTION_KEY_SYNOPSIS,
            SECTION_KEY_COMMAND_LIST_HEADING,
            SECTION_KEY_COMMAND_LIST,
            SECTION_EXAMPLES,
            SECTION_KEY_PARAMETER_LIST_HEADING,
            SECTION_KEY_PARAMETER_LIST,
            SECTION_KEY_OPTION_LIST,
            SECTION_KEY_EXIT_CODE_LIST_HEADING,
            SECTION_KEY_EXIT_CODE_LIST));
    usage.sectionMap().put(SECTION_EXAMPLES, help -> examples());
    usage.sectionMap().put(SECTION_KEY_OPTION_LIST, this::options);
  }

  private Map<String, String> exitCodes() {
    Map<Integer, String> sorted = new TreeMap<>();
    ExitStatus.COMMON.forEach(exit -> sorted.put(exit.code(), exit.description()));
    for (ExitStatus exit :
        CommandTree.traits(spec).map(CommandTraits::exits).orElse(new ExitStatus[0])) {
      sorted.put(exit.code(), exit.description());
    }
    Map<String, String> texts = new LinkedHashMap<>();
    sorted.forEach((code, description) -> texts.put(" " + code, description));
    return texts;
  }

  private String examples() {
    List<String> lines = new ArrayList<>();
    CommandTree.traits(spec).ifPresent(traits -> lines.addAll(List.of(traits.examples())));
    if (lines.isEmpty()) {
      return "";
    }
    return "%nExamples:%n".formatted()
        + String.join("", lines.stream().map(line -> "  %s%n".formatted(line)).toList());
  }

  private String options(Help help) {
    StringBuilder text = new StringBuilder();
    List<OptionSpec> own =
        spec.options().stream().filter(option -> !settings.containsKey(option)).toList();
    text.append("%nOptions:%n".formatted()).append(help.optionListExcludingGroups(own));
    for (OptionGroup group : OptionGroup.values()) {
      List<OptionSpec> options =
          spec.options().stream().filter(option -> settings.get(option) == group).toList();
      if (group == OptionGroup.GLOBAL && spec.parent() != null) {
        text.append("%n%s: %s%n".formatted(group.heading(), "see dynavault --help"));
      } else if (!options.isEmpty()) {
        text.append("%n%s:%n".formatted(group.heading()));
        text.append(help.optionListExcludingGroups(options));
      }
    }
    return text.toString();
  }
}
