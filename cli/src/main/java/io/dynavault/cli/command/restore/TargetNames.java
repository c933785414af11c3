// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNullElse;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names of the tables that a restore makes. */
final class TargetNames {
  @Option(
      names = "--target-table",
      paramLabel = "NAME",
      description = "name of the restored table; without it that of the recovery point")
  private @Nullable String targetTable;

  @Option(
      names = "--rename",
      paramLabel = "FROM=TO",
      converter = RenameRule.Converter.class,
      description =
          "other names, such as 'orders=orders-2' or 'prod-*=dev-*': one * on both sides or on"
              + " none; can be given several times")
  private List<RenameRule> renames = List.of();

  /** The one name for the one table, where it is given. */
  Optional<String> given() {
    return Optional.ofNullable(targetTable);
  }

  /**
   * The name of the restored table.
   *
   * @throws DynavaultException {@code USAGE} if there are rules and none is about the table: it
   *     must not slip back under its own name
   */
  String nameFor(String table) {
    if (targetTable != null || renames.isEmpty()) {
      return requireNonNullElse(targetTable, table);
    }
    return renames.stream()
        .flatMap(rule -> rule.apply(table).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "unable to rename table '" + table + "': no --rename is about it",
                    "add --rename '" + table + "=...', or leave the table out"));
  }

  void requireSeveralAllowed() {
    if (targetTable != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to restore several tables to '" + targetTable + "'",
          "give them names with --rename, such as --rename 'prod-*=dev-*'");
    }
  }
}
