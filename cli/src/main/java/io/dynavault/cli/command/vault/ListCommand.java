// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Output;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.NamePattern;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.Hold;
import io.dynavault.format.layout.RecoveryPointKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the recovery points of a vault. */
@Command(name = "list", description = "Lists the recovery points of a vault, the newest first.")
@CommandTraits(
    examples = {
      "dynavault list --vault s3://my-backups/vault",
      "dynavault list --vault s3://my-backups/vault --table 'prod-*' --tag reason=release --json"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class ListCommand implements CliCommand {
  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only of this table; * and ? are wildcards; can be given several times")
  private List<String> tables = List.of();

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "only with this tag; can be given several times")
  private Map<String, String> tags = Map.of();

  @Override
  public ExitStatus run(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      CatalogListing listing = listing(open);
      List<CatalogEntry> entries =
          listing.entries().stream()
              .filter(this::isWanted)
              .sorted(
                  Comparator.comparing(CatalogEntry::tableName)
                      .thenComparing(CatalogEntry::id, Comparator.reverseOrder()))
              .toList();
      session
          .output()
          .show(
              new RecoveryPointsView(
                  entries, listing.unreadable(), holds(open, session.output()), session.now()));
      UnreadableRecords.warn(session.output(), listing.unreadable());
      return UnreadableRecords.status(listing.unreadable());
    }
  }

  /** One table's records need no look at the others. */
  private CatalogListing listing(OpenVault open) {
    boolean oneTable = tables.size() == 1 && new NamePattern(tables.get(0)).isName();
    return oneTable ? open.vault().catalog().list(tables.get(0)) : open.vault().catalog().list();
  }

  /** A hold that cannot be read must not keep anybody from seeing what there is. */
  private static Map<RecoveryPointKey, Hold> holds(OpenVault open, Output output) {
    try {
      return open.vault().holds().all();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      output.warning("holds are not shown: " + e.getMessage());
      return Map.of();
    }
  }

  private boolean isWanted(CatalogEntry entry) {
    boolean table =
        tables.isEmpty()
            || tables.stream()
                .anyMatch(pattern -> new NamePattern(pattern).matches(entry.tableName()));
    return table && entry.point().tags().entrySet().containsAll(tags.entrySet());
  }
}
