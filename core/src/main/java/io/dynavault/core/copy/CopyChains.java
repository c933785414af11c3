// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What windows of changes need to be worth copying: a chain that leads to them from a full export,
 * there already or copied with them.
 */
final class CopyChains {
  private final Vault source;
  private final Vault target;
  private final Map<String, List<RecoveryPoint>> sources = new HashMap<>();
  private final Map<String, List<RecoveryPoint>> targets = new HashMap<>();

  CopyChains(Vault source, Vault target) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
  }

  /**
   * The chain that a window has in the target: the one that is there, or else the one of the
   * source; oldest first, the window last.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where both have a hole
   */
  List<RecoveryPoint> leadingTo(RecoveryPoint window) {
    List<RecoveryPoint> there = new ArrayList<>(of(target, targets, window.tableName()));
    if (there.stream().noneMatch(point -> point.id().equals(window.id()))) {
      there.add(window);
    }
    try {
      return ExportChain.endingWith(window, there).points();
    } catch (DynavaultException e) {
      return ExportChain.endingWith(window, of(source, sources, window.tableName())).points();
    }
  }

  /** Whether the target has it. */
  boolean isThere(String tableName, RecoveryPointId id) {
    return of(target, targets, tableName).stream().anyMatch(point -> point.id().equals(id));
  }

  private static List<RecoveryPoint> of(
      Vault vault, Map<String, List<RecoveryPoint>> known, String tableName) {
    return known.computeIfAbsent(
        tableName,
        name -> vault.catalog().list(name).entries().stream().map(CatalogEntry::point).toList());
  }
}
