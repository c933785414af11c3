// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.delete.Protection;
import io.dynavault.core.delete.Protections;
import io.dynavault.core.pitr.UsableBase;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.PointFiles;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides on one chain. */
final class WindowChoice {
  private final Vault vault;
  private final Protections protections;

  WindowChoice(Vault vault, Protections protections) {
    this.vault = requireNonNull(vault, "vault is null");
    this.protections = requireNonNull(protections, "protections is null");
  }

  /** The window has no end: everything stays. */
  ChainDecision keep(ChainView view) {
    Optional<UsableBase> first = view.bases().stream().findFirst();
    return nothing(view, first, "no window is given");
  }

  /**
   * The window begins at a moment.
   *
   * @param length of the window, for the reason
   */
  ChainDecision decide(ChainView view, Instant begin, Duration length) {
    String window = "the window of %s".formatted(words(length));
    if (view.isBefore(begin)) {
      return whole(view, "ended before " + window);
    }
    Optional<UsableBase> needed = lastWholeBase(view, begin);
    if (needed.isEmpty()) {
      Optional<UsableBase> first = view.bases().stream().findFirst();
      boolean younger = first.filter(base -> base.from().isAfter(begin)).isPresent();
      return nothing(
          view, first, younger ? "begins within " + window : "has no whole base before " + window);
    }
    Optional<String> reader = reader(view.log().chain());
    if (reader.isPresent()) {
      return nothing(view, needed, reader.get());
    }
    return beginning(view, needed.get(), begin, window);
  }

  private ChainDecision beginning(ChainView view, UsableBase needed, Instant begin, String window) {
    List<RecoveryPointId> released = new ArrayList<>();
    List<String> keptBy = new ArrayList<>();
    long limit = view.last().orElseThrow().number() - 1;
    for (Base base : view.log().bases()) {
      boolean before =
          base.afterCommit() <= needed.base().afterCommit()
              && base.restorableFrom().isBefore(needed.from());
      Optional<String> protection = before ? protection(view.log(), base) : Optional.empty();
      if (before && protection.isEmpty()) {
        released.add(base.recoveryPoint());
      } else {
        protection.ifPresent(text -> keptBy.add("base " + base.recoveryPoint() + " is " + text));
        limit = Math.min(limit, Math.min(base.afterCommit(), base.completeWith() - 1));
      }
    }
    ExpiryChoice choice = choice(view.log()).upTo(limit);
    boolean removes =
        !released.isEmpty() || choice.expiry().isPresent() || ExpiredObjects.areLeft(view.log());
    String reason = keptBy.isEmpty() ? reason(needed, begin, window) : String.join("; ", keptBy);
    return new ChainDecision(
        view.log().chain().tableName(),
        view.log().chain().id(),
        removes ? ChainDecision.Extent.BEGINNING : ChainDecision.Extent.NOTHING,
        Optional.of(keptBy.isEmpty() ? needed.from() : first(view, released)),
        Optional.of(needed.base().recoveryPoint()),
        released,
        choice.expiry(),
        choice.volume(),
        reason);
  }

  private static Instant first(ChainView view, List<RecoveryPointId> released) {
    return view.bases().stream()
        .filter(base -> !released.contains(base.base().recoveryPoint()))
        .map(UsableBase::from)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static String reason(UsableBase needed, Instant begin, String window) {
    Duration older = Duration.between(needed.from(), begin);
    String base = "%s begins with base %s".formatted(window, needed.base().recoveryPoint());
    return older.compareTo(Duration.ofDays(2)) < 0
        ? base
        : base + ", %d days before it: compact makes a nearer one".formatted(older.toDays());
  }

  /** All of a chain that nobody goes on with. */
  ChainDecision whole(ChainView view, String reason) {
    ChainLog log = view.log();
    Optional<String> kept = reader(log.chain());
    List<RecoveryPointId> released = new ArrayList<>();
    for (Base base : log.bases()) {
      kept =
          kept.or(
              () ->
                  protection(log, base)
                      .map(text -> "base " + base.recoveryPoint() + " is " + text));
      released.add(base.recoveryPoint());
    }
    ExpiryChoice choice = choice(log).all();
    boolean all =
        choice
            .expiry()
            .map(expiry -> expiry.throughCommit())
            .equals(view.last().map(Commit::number));
    if (kept.isEmpty() && !all) {
      kept = Optional.of("locked");
    }
    if (kept.isPresent()) {
      return nothing(view, view.bases().stream().findFirst(), kept.get());
    }
    return new ChainDecision(
        log.chain().tableName(),
        log.chain().id(),
        ChainDecision.Extent.WHOLE,
        Optional.empty(),
        Optional.empty(),
        released,
        choice.expiry(),
        choice.volume(),
        reason);
  }

  /** What is damaged is no base that a window could rest on. */
  private Optional<UsableBase> lastWholeBase(ChainView view, Instant begin) {
    PointFiles files = new PointFiles(vault.store());
    for (int i = view.bases().size() - 1; i >= 0; i--) {
      UsableBase base = view.bases().get(i);
      if (!base.from().isAfter(begin) && files.missing(base.point()).isEmpty()) {
        return Optional.of(base);
      }
    }
    return Optional.empty();
  }

  private ExpiryChoice choice(ChainLog log) {
    return new ExpiryChoice(vault.store(), log, protections.lock(), protections.now());
  }

  private Optional<String> reader(Chain chain) {
    return protections.readers().stream()
        .filter(mark -> mark.point().table().equals(chain.tableName()))
        .filter(mark -> mark.point().id().equals(chain.id().value()))
        .findFirst()
        .map(mark -> "read by " + mark.state().holder());
  }

  /** Why a base must not be released; the lock lets it go when it is old enough itself. */
  private Optional<String> protection(ChainLog log, Base base) {
    Optional<VaultLock> lock = protections.lock();
    Optional<Instant> lockedUntil =
        lock.isEmpty()
            ? Optional.empty()
            : vault
                .store()
                .stat(log.chain().keys().base(base.recoveryPoint().value()))
                .map(info -> lock.get().protectedUntil(info.lastModified()))
                .filter(until -> until.isAfter(protections.now()));
    return lockedUntil
        .map(until -> "locked until " + until)
        .or(() -> ofRecoveryPoint(log.chain().tableName(), base));
  }

  private Optional<String> ofRecoveryPoint(String tableName, Base base) {
    Optional<CatalogEntry> entry = vault.catalog().get(tableName, base.recoveryPoint());
    return entry.stream()
        .flatMap(found -> protections.of(found).stream())
        .filter(protection -> protection.kind() != Protection.Kind.LOCK)
        .findFirst()
        .map(Protection::text);
  }

  private static ChainDecision nothing(ChainView view, Optional<UsableBase> needed, String reason) {
    return nothing(
        view.log().chain().tableName(),
        view.log().chain().id(),
        needed.map(UsableBase::from),
        needed.map(base -> base.base().recoveryPoint()),
        reason);
  }

  static ChainDecision nothing(
      String tableName,
      RecoveryPointId chain,
      Optional<Instant> earliest,
      Optional<RecoveryPointId> needed,
      String reason) {
    return new ChainDecision(
        tableName,
        chain,
        ChainDecision.Extent.NOTHING,
        earliest,
        needed,
        List.of(),
        Optional.empty(),
        ChainDecision.Volume.NONE,
        reason);
  }

  private static String words(Duration length) {
    return length.equals(Duration.ofDays(length.toDays()))
        ? length.toDays() + " days"
        : length.toHours() + " hours";
  }
}
