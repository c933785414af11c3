// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which moments of a table can be restored from a vault, as it is when it is looked at. */
public final class RecoveryWindows {
  private final String tableName;
  private final List<ChainWindow> chains;
  private final List<ExportChain> exports;
  private final List<String> notes;
  private final Optional<String> lost;

  private RecoveryWindows(
      String tableName,
      List<ChainWindow> chains,
      List<ExportChain> exports,
      List<String> notes,
      Optional<String> lost) {
    this.tableName = requireNonNull(tableName, "tableName is null");
    this.chains = List.copyOf(chains);
    this.exports = List.copyOf(exports);
    this.notes = List.copyOf(notes);
    this.lost = requireNonNull(lost, "lost is null");
  }

  /**
   * Looks at a table's chains, those of continuous backup and those of exports.
   *
   * @param store the vault's
   */
  public static RecoveryWindows of(ObjectStore store, Catalog catalog, String tableName) {
    ContinuousBackups backups = new ContinuousBackups(store);
    List<ChainWindow> chains = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Optional<String> lost = Optional.empty();
    Optional<ChainLog> baseless = Optional.empty();
    for (RecoveryPointId id : backups.ids(tableName)) {
      Optional<ChainWindow> window = Optional.empty();
      Optional<String> damage = Optional.empty();
      Optional<ChainLog> log = Optional.empty();
      try {
        log = backups.find(tableName, id);
        Optional<ChainReach> reach = log.map(ChainReach::of);
        damage = reach.flatMap(ChainReach::damage);
        if (damage.isEmpty()) {
          damage = log.flatMap(found -> UsableBase.damage(found, catalog));
        }
        Optional<Commit> last = reach.flatMap(ChainReach::last);
        window = log.flatMap(found -> ChainWindow.of(found, last, catalog));
      } catch (DynavaultException e) {
        if (e.code() != ErrorCode.DAMAGED) {
          throw e;
        }
        damage = Optional.of("chain '%s' cannot be used: %s".formatted(id, e.getMessage()));
      }
      damage.ifPresent(notes::add);
      lost = window.isPresent() ? damage : later(damage, lost);
      window.ifPresent(chains::add);
      baseless = window.isPresent() || damage.isPresent() ? Optional.empty() : log;
    }
    baseless.map(RecoveryWindows::withoutBase).ifPresent(notes::add);
    List<RecoveryPoint> points =
        catalog.list(tableName).entries().stream().map(CatalogEntry::point).toList();
    return new RecoveryWindows(tableName, chains, ExportChain.all(points), notes, lost);
  }

  /** Of the newest chain: the latest moment is one before a gap then. */
  private static String withoutBase(ChainLog log) {
    return "chain '%s', which began at %s, has no base yet: only moments before it can be restored"
        .formatted(log.chain().id(), log.chain().started());
  }

  private static Optional<String> later(Optional<String> damage, Optional<String> before) {
    return damage.isPresent() ? damage : before;
  }

  public String tableName() {
    return tableName;
  }

  /** All windows, by their beginnings; those of several chains may overlap. */
  public List<RecoveryWindow> list() {
    return Stream.concat(
            chains.stream().map(ChainWindow::window), exports.stream().map(RecoveryWindows::window))
        .distinct()
        .sorted(
            Comparator.comparing(RecoveryWindow::earliest).thenComparing(RecoveryWindow::latest))
        .toList();
  }

  /** What is there but cannot be used, one sentence each. */
  public List<String> notes() {
    return notes;
  }

  /** What of the vault is damaged that may have had later moments than the last one. */
  Optional<String> lost() {
    return lost;
  }

  /** The last moment that can be restored. */
  public Optional<Instant> latest() {
    return list().stream().map(RecoveryWindow::latest).max(Comparator.naturalOrder());
  }

  /** The last moment that can be restored and is not after another one. */
  public Optional<Instant> floor(Instant moment) {
    return list().stream()
        .filter(window -> !window.earliest().isAfter(moment))
        .map(window -> window.latest().isBefore(moment) ? window.latest() : moment)
        .max(Comparator.naturalOrder());
  }

  /** The first moment that can be restored and is not before another one. */
  public Optional<Instant> ceiling(Instant moment) {
    return list().stream()
        .filter(window -> !window.latest().isBefore(moment))
        .map(window -> window.earliest().isAfter(moment) ? window.earliest() : moment)
        .min(Comparator.naturalOrder());
  }

  /** The newest chain whose window has the moment. */
  Optional<ChainWindow> chainAt(Instant moment) {
    return chains.stream()
        .filter(chain -> chain.window().contains(moment))
        .max(Comparator.comparing(chain -> chain.log().chain().id()));
  }

  /** The chain of exports that ends at this very moment with the fewest changes. */
  Optional<ExportChain> exportsAt(Instant moment) {
    return exports.stream()
        .filter(chain -> chain.end().equals(moment))
        .min(Comparator.comparing(RecoveryWindows::changes));
  }

  static long changes(ExportChain chain) {
    return chain.windows().stream().mapToLong(window -> window.export().itemCount()).sum();
  }

  static RecoveryWindow window(ExportChain chain) {
    return new RecoveryWindow(chain.end(), chain.end(), Optional.empty());
  }
}
