// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableSelection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** The tables that a command on continuous backup is about. */
final class ContinuousTables {
  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description = "table; * and ? are wildcards, ! before a pattern leaves tables out")
  private List<String> tables = List.of();

  /** Whether tables are named. */
  boolean isUsed() {
    return !tables.isEmpty();
  }

  TableSelection selection() {
    return new TableSelection(tables, Map.of());
  }

  /**
   * Those of these tables that are meant; at least one.
   *
   * @param captured names of all tables that have continuous backups in the vault
   */
  List<String> among(List<String> captured) {
    TableSelection selection = selection();
    List<String> missing =
        selection.names().stream().filter(name -> !captured.contains(name)).toList();
    List<String> chosen = captured.stream().filter(selection::selectsName).toList();
    if (!missing.isEmpty() || chosen.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to find a continuous backup of table '%s' in this vault"
              .formatted(String.join("', '", missing.isEmpty() ? tables : missing)),
          "begin one with: dynavault continuous start TABLE");
    }
    return chosen;
  }
}
