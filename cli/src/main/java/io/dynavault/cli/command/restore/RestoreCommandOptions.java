// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.MaskOptions;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.table.NamePattern;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a restore is told on the command line, beside the settings. */
final class RestoreCommandOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "RECOVERY-POINT|LOCATION",
      description =
          "latest (the default), an id or the beginning of one; or the location of an export,"
              + " such as s3://bucket/AWSDynamoDB/01715685260608-c488b4e1")
  private @Nullable String source;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description =
          "table of the vault to restore; * and ? are wildcards; can be given several times")
  private List<String> tables = List.of();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "the newest recovery points that were complete at this time")
  private @Nullable Instant at;

  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private ItemChoice items = new ItemChoice();
  @Mixin private MaskOptions mask = new MaskOptions();

  @Option(names = "--dry-run", description = "print the plan and do nothing")
  private boolean dryRun;

  @Option(
      names = "--confirm",
      description = "act where items can be replaced or deleted, instead of printing the plan")
  private boolean confirm;

  TargetOptions target() {
    return target;
  }

  ItemChoice items() {
    return items;
  }

  MaskOptions mask() {
    return mask;
  }

  boolean isDryRun() {
    return dryRun;
  }

  boolean isConfirmed() {
    return confirm;
  }

  RestoreOrders orders(Session session) {
    if (source != null && OpenContent.isLocation(source)) {
      StoreLocation location = session.wiring().location(source);
      String table = target.nameForExport(tables);
      RestoreOrder order =
          new RestoreOrder(
              table,
              target.definitionForExport(table),
              onLost -> OpenContent.of(session.wiring(), location));
      return new RestoreOrders(List.of(order), () -> {});
    }
    OpenVault open = session.wiring().openVault();
    try {
      List<RestoreOrder> orders =
          entries(open.vault().catalog()).stream()
              .map(entry -> order(open.vault(), entry))
              .toList();
      requireDistinctTargets(orders);
      return new RestoreOrders(orders, open::close);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private RestoreOrder order(Vault vault, CatalogEntry entry) {
    return new RestoreOrder(
        target.nameFor(entry.tableName()),
        Optional.of(entry.point().table()),
        onLost -> OpenContent.of(vault, entry, onLost));
  }

  private List<CatalogEntry> entries(Catalog catalog) {
    Selector selector = selector();
    if (tables.isEmpty()) {
      return List.of(catalog.find(selector));
    }
    Set<String> names = new TreeSet<>();
    for (String pattern : tables) {
      names.addAll(matching(catalog, pattern));
    }
    if (names.size() > 1) {
      target.requireSeveralAllowed();
    }
    List<CatalogEntry> entries = new ArrayList<>();
    names.forEach(name -> entries.add(catalog.find(name, selector)));
    return entries;
  }

  private static List<String> matching(Catalog catalog, String pattern) {
    if (new NamePattern(pattern).isName()) {
      return List.of(pattern);
    }
    List<String> names =
        catalog.tableNames().stream().filter(new NamePattern(pattern)::matches).toList();
    if (names.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to find a recovery point of a table that matches '" + pattern + "'");
    }
    return names;
  }

  private Selector selector() {
    if (at == null) {
      return source == null ? new Selector.Latest() : Selector.parse(source);
    }
    if (source != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to select a recovery point by '" + source + "' and by time",
          "give one of both");
    }
    return new Selector.At(at);
  }

  private static void requireDistinctTargets(List<RestoreOrder> orders) {
    Set<String> names = new TreeSet<>();
    for (RestoreOrder order : orders) {
      if (!names.add(order.targetTable())) {
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to restore two tables to one: '" + order.targetTable() + "'",
            "change --rename so that every table has a name of its own");
      }
    }
  }
}
