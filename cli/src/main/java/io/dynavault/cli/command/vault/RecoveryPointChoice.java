// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How commands are told which recovery points are meant, where each has to be named. */
final class RecoveryPointChoice {
  @Parameters(
      arity = "1..*",
      paramLabel = "RECOVERY-POINT",
      description = "latest, an id, or the beginning of one that only one id has")
  private List<String> selectors = List.of();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "table of the recovery points")
  private @Nullable String table;

  /** Those that are meant, each once, in the order given; fails unless all of them exist. */
  List<CatalogEntry> find(Catalog catalog) {
    return find(catalog, table, selectors);
  }

  /** The same for a command whose selectors are its own. */
  static List<CatalogEntry> find(Catalog catalog, @Nullable String table, List<String> selectors) {
    Set<CatalogEntry> entries = new LinkedHashSet<>();
    for (String text : selectors) {
      Selector selector = Selector.parse(text);
      entries.add(table == null ? catalog.find(selector) : catalog.find(table, selector));
    }
    return List.copyOf(entries);
  }
}
