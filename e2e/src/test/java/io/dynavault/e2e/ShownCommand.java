// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command that a page shows after {@code $} in a block fenced as {@code console}, with the lines
 * of output that the page shows below it.
 */
record ShownCommand(String line, List<String> output) {
  private static final String PROMPT = "$ ";

  ShownCommand {
    requireNonNull(line, "line is null");
    output = List.copyOf(output);
  }

  /** All commands of a Markdown page, in order. */
  static List<ShownCommand> of(Path page) throws IOException {
    List<ShownCommand> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readString(page).replace("\\\n", " ").lines().toList()) {
      if (line.startsWith("```")) {
        inside = line.equals("```console");
      } else if (inside && line.startsWith(PROMPT)) {
        commands.add(new ShownCommand(line.substring(PROMPT.length()), List.of()));
      } else if (inside && !line.isBlank()) {
        commands.add(commands.remove(commands.size() - 1).with(line));
      }
    }
    return commands;
  }

  /** Whether it is shown to end as it should; others show an error, or differences. */
  boolean succeeds() {
    return output.stream().noneMatch(shown -> shown.matches("(error|not identical): .*"));
  }

  /** The same command with another text, such as a time that a test knows. */
  ShownCommand replacing(String text, String other) {
    return new ShownCommand(line.replace(text, other), output);
  }

  private ShownCommand with(String outputLine) {
    List<String> more = new ArrayList<>(output);
    more.add(outputLine);
    return new ShownCommand(line, more);
  }

  /** The shown lines that a run did not print; ids, times and figures may differ. */
  List<String> missingFrom(String printed) {
    List<String> lines = printed.lines().map(ShownCommand::shape).collect(Collectors.toList());
    return output.stream().filter(shown -> !lines.remove(shape(shown))).toList();
  }

  private static String shape(String line) {
    return line.strip()
        .replaceAll("\\d{14}-[0-9a-f]{8}", "<id>")
        .replaceAll("\\d[\\d.,:-]*", "0")
        .replaceAll("\\b(now|0 (s|min|h) ago)\\b", "<age>")
        .replaceAll("\\s+", " ");
  }
}
