// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.content.ChainContent;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A recovery point, or an export without a record, opened for reading. A recovery point is
 * protected from deletion until this is closed.
 */
public final class OpenContent implements AutoCloseable {
  private final ItemContent content;
  private final Runnable check;
  private final Deque<Runnable> closers;

  private OpenContent(ItemContent content, Runnable check, Deque<Runnable> closers) {
    this.content = requireNonNull(content, "content is null");
    this.check = requireNonNull(check, "check is null");
    this.closers = requireNonNull(closers, "closers is null");
  }

  /**
   * Opens a recovery point. Who may read the vault but not write it, or not now because its disk is
   * full, is warned that nothing protects the recovery point meanwhile, and goes on.
   *
   * @param onLost called when the protection is lost, on another thread: stop reading
   */
  public static OpenContent of(
      Vault vault, CatalogEntry entry, Runnable onLost, Consumer<String> warnings)
      throws InterruptedException {
    Deque<Runnable> closers = new ArrayDeque<>();
    try {
      Optional<ExportChain> chain = chain(vault, entry.point());
      List<Runnable> checks = new ArrayList<>();
      for (RecoveryPoint point : chain.map(ExportChain::points).orElse(List.of(entry.point()))) {
        checks.add(protect(vault, point, onLost, warnings, closers));
      }
      ItemContent content =
          chain.isPresent()
              ? ChainContent.open(vault.store(), chain.get())
              : ExportContent.open(vault.store(), entry.point());
      closers.push(content::close);
      return new OpenContent(content, () -> checks.forEach(Runnable::run), closers);
    } catch (RuntimeException e) {
      closers.forEach(Runnable::run);
      throw e;
    }
  }

  /**
   * Opens a table at a moment, what it is made of protected as by {@link #of(Vault, CatalogEntry,
   * Runnable, Consumer)}.
   */
  public static OpenContent of(
      Vault vault, MomentPlan plan, Runnable onLost, Consumer<String> warnings)
      throws InterruptedException {
    Deque<Runnable> closers = new ArrayDeque<>();
    try {
      List<Runnable> checks = new ArrayList<>();
      for (RecoveryPoint point : plan.points()) {
        checks.add(protect(vault, point, onLost, warnings, closers));
      }
      ItemContent content = plan.open(vault.store());
      closers.push(content::close);
      return new OpenContent(content, () -> checks.forEach(Runnable::run), closers);
    } catch (RuntimeException e) {
      closers.forEach(Runnable::run);
      throw e;
    }
  }

  /** A window of changes is nothing without the full export and the windows before it. */
  private static Optional<ExportChain> chain(Vault vault, RecoveryPoint point) {
    if (!point.isIncremental()) {
      return Optional.empty();
    }
    List<RecoveryPoint> all =
        vault.catalog().list(point.tableName()).entries().stream()
            .map(CatalogEntry::point)
            .toList();
    return Optional.of(ExportChain.endingWith(point, all));
  }

  private static Runnable protect(
      Vault vault,
      RecoveryPoint point,
      Runnable onLost,
      Consumer<String> warnings,
      Deque<Runnable> closers)
      throws InterruptedException {
    try {
      Mark mark = vault.protect(point);
      closers.push(mark::close);
      LeaseKeeper keeper = LeaseKeeper.start(mark, vault.leases().settings(), onLost);
      closers.push(keeper::close);
      return keeper::check;
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.ACCESS_DENIED && e.code() != ErrorCode.STORE_FULL) {
        throw e;
      }
      warnings.accept(
          "recovery point '%s' can be deleted while it is read: the vault %s"
              .formatted(
                  point.id(),
                  e.code() == ErrorCode.STORE_FULL ? "has no room" : "cannot be written"));
      return () -> {};
    }
  }

  /**
   * Opens the export, or the chain of exports, that locations mean: folders of exports, their
   * {@code manifest-summary.json}, or prefixes that exports lie below.
   *
   * @param at no later state is meant; empty for the newest
   */
  public static OpenContent of(Wiring wiring, List<StoreLocation> locations, Optional<Instant> at) {
    Deque<Runnable> closers = new ArrayDeque<>();
    try {
      BareLocations exports = new BareLocations();
      for (StoreLocation location : locations) {
        ExportPlace place = ExportPlace.of(location);
        ObjectStore store = wiring.openStore(place.root());
        closers.push(store::close);
        exports.add(store, place.key());
      }
      ItemContent content = exports.chain(at).open();
      closers.push(content::close);
      return new OpenContent(content, () -> {}, closers);
    } catch (RuntimeException e) {
      closers.forEach(Runnable::run);
      throw e;
    }
  }

  /** Whether a text that names something to read is a location, not a selector. */
  public static boolean isLocation(String text) {
    return text.contains("/") || text.contains(":") || text.contains("\\");
  }

  /** The same, closing something else in the end. */
  public OpenContent closingToo(Runnable last) {
    closers.addLast(last);
    return this;
  }

  public ItemContent content() {
    return content;
  }

  /**
   * Fails if the recovery point was no longer protected.
   *
   * @throws DynavaultException {@code LEASE_LOST}
   */
  public void check() {
    check.run();
  }

  @Override
  public void close() {
    closers.forEach(Runnable::run);
  }
}
