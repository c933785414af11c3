// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The incremental exports that build on a recovery point, as the vault is at that moment. Records
 * are never changed, so each is read once, however many recovery points are asked about.
 */
public final class Dependents {
  private static final int NAMED = 3;

  private final Catalog catalog;
  private final Map<String, Map<RecoveryPointId, CatalogEntry>> known = new HashMap<>();

  public Dependents(Catalog catalog) {
    this.catalog = requireNonNull(catalog, "catalog is null");
  }

  /** Those that could not be restored without it, the newest first. */
  public List<CatalogEntry> of(CatalogEntry entry) {
    if (!ExportChain.canBeLink(entry.point())) {
      return List.of();
    }
    Map<RecoveryPointId, CatalogEntry> table = table(entry.tableName());
    List<RecoveryPoint> points = new ArrayList<>();
    table.values().forEach(other -> points.add(other.point()));
    return ExportChain.dependents(entry.point(), points).stream()
        .map(point -> requireNonNull(table.get(point.id())))
        .toList();
  }

  /** The recovery points and all that build on them; what builds on another comes before it. */
  public List<CatalogEntry> with(Collection<CatalogEntry> entries) {
    Map<RecoveryPointId, CatalogEntry> all = new LinkedHashMap<>();
    for (CatalogEntry entry : entries) {
      of(entry).forEach(other -> all.put(other.id(), other));
      all.put(entry.id(), entry);
    }
    return inOrder(all.values());
  }

  /** The same recovery points; what builds on another comes before it. */
  public List<CatalogEntry> inOrder(Collection<CatalogEntry> entries) {
    Set<RecoveryPointId> left =
        entries.stream().map(CatalogEntry::id).collect(Collectors.toCollection(LinkedHashSet::new));
    Map<RecoveryPointId, CatalogEntry> byId = new HashMap<>();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    List<CatalogEntry> ordered = new ArrayList<>();
    for (CatalogEntry entry : entries) {
      for (CatalogEntry other : of(entry)) {
        if (left.remove(other.id())) {
          ordered.add(requireNonNull(byId.get(other.id())));
        }
      }
      if (left.remove(entry.id())) {
        ordered.add(entry);
      }
    }
    return ordered;
  }

  /** What those that build on a recovery point protect it by; empty where there are none. */
  static Optional<Protection> protection(List<CatalogEntry> dependents) {
    if (dependents.isEmpty()) {
      return Optional.empty();
    }
    String names =
        dependents.stream()
            .limit(NAMED)
            .map(other -> other.id().value())
            .collect(Collectors.joining(", "));
    int more = dependents.size() - NAMED;
    String text =
        "needed by %s that %s on it: %s%s"
            .formatted(
                dependents.size() == 1
                    ? "1 incremental export"
                    : dependents.size() + " incremental exports",
                dependents.size() == 1 ? "builds" : "build",
                names,
                more > 0 ? " and " + more + " more" : "");
    return Optional.of(new Protection(Protection.Kind.CHAIN, text));
  }

  /** What cannot be read cannot be restored, with what it builds on or without. */
  private Map<RecoveryPointId, CatalogEntry> table(String tableName) {
    Map<RecoveryPointId, CatalogEntry> before = known.get(tableName);
    Map<RecoveryPointId, CatalogEntry> now = new LinkedHashMap<>();
    if (before == null) {
      catalog.list(tableName).entries().forEach(entry -> now.put(entry.id(), entry));
    } else {
      for (RecoveryPointId id : catalog.ids(tableName)) {
        read(tableName, id, before).ifPresent(entry -> now.put(id, entry));
      }
    }
    known.put(tableName, now);
    return now;
  }

  private Optional<CatalogEntry> read(
      String tableName, RecoveryPointId id, Map<RecoveryPointId, CatalogEntry> before) {
    CatalogEntry entry = before.get(id);
    if (entry != null) {
      return Optional.of(entry);
    }
    try {
      return catalog.get(tableName, id);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
