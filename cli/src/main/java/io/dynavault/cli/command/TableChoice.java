// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.core.table.TableSelection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How commands are told which tables are meant. */
public final class TableChoice {
  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description =
          "table; * and ? are wildcards, ! before a pattern leaves tables out; can be given"
              + " several times")
  private List<String> tables = List.of();

  @Option(
      names = "--table-tag",
      paramLabel = "KEY=VALUE",
      description = "only tables with this tag; can be given several times")
  private Map<String, String> tags = Map.of();

  /** Whether tables are named. */
  public boolean isUsed() {
    return !tables.isEmpty() || !tags.isEmpty();
  }

  /** The selection that the options make. */
  public TableSelection selection() {
    return new TableSelection(tables, tags);
  }
}
