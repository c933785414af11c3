// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a completion script for bash and zsh. */
@Command(
    name = "completion",
    description =
        "Prints a script that makes bash and zsh complete commands and options with the tab key.")
@CommandTraits(
    examples = {
      "# for this shell",
      "source <(dynavault completion)",
      "# for all shells to come",
      "dynavault completion > ~/.local/share/bash-completion/completions/dynavault"
    })
final class CompletionCommand implements CliCommand {
  @Override
  public ExitStatus run(Session session) {
    String script = AutoComplete.bash("dynavault", CommandTree.build(new FlagValues()));
    PrintWriter writer = new PrintWriter(session.output().data(), false, StandardCharsets.UTF_8);
    writer.print(script);
    writer.flush();
    return ExitStatus.OK;
  }
}
