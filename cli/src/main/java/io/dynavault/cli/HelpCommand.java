// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Prints the help of a command. */
@Command(name = "help", description = "Prints the help of a command.")
@CommandTraits(examples = {"dynavault help backup", "dynavault help vault create"})
final class HelpCommand implements CliCommand {
  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "command to explain")
  private List<String> names = List.of();

  @Override
  public ExitStatus run(Session session) {
    CommandLine root = CommandTree.build(new FlagValues());
    CommandLine command = root;
    for (String name : names) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(
            root, "unknown command '%s'".formatted(String.join(" ", names)));
      }
      command = next;
    }
    PrintWriter writer = new PrintWriter(session.output().data(), false, StandardCharsets.UTF_8);
    command.usage(writer);
    writer.flush();
    return ExitStatus.OK;
  }
}
