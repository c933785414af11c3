// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import picocli.CommandLine.Command;

/** Prints the version of the program and of the Java that runs it. */
@Command(name = "version", description = "Prints the version of dynavault and of Java.")
@CommandTraits(examples = {"dynavault version", "dynavault version --json"})
public final class VersionCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    session.output().show(new VersionView(Version.current(), Runtime.version().toString()));
    return ExitStatus.OK;
  }

  private record VersionView(String version, String java) implements View {
    @Override
    public void text(Page page) {
      page.line("dynavault " + version + " (Java " + java + ")");
    }

    @Override
    public JsonNode json() {
      return Json.object().put("version", version).put("javaVersion", java);
    }
  }
}
