// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides how tables at a moment are made. */
public final class MomentPlanner {
  private final ObjectStore store;
  private final Catalog catalog;
  private final InstantSource clock;

  /**
   * @param store the vault's
   * @param clock says whether a moment is in the future
   */
  public MomentPlanner(ObjectStore store, Catalog catalog, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * The moments of a table that can be restored.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where there is none
   */
  public RecoveryWindows windows(String tableName) {
    RecoveryWindows windows = RecoveryWindows.of(store, catalog, tableName);
    if (windows.list().isEmpty() && windows.lost().isPresent()) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to restore table '%s' to a point in time: %s"
              .formatted(tableName, windows.lost().get()),
          "see what is damaged with: dynavault verify; restore a recovery point, see: dynavault"
              + " list");
    }
    if (windows.list().isEmpty()) {
      String reason =
          windows.notes().isEmpty()
              ? "the vault has no continuous backup of it with a base, and no export that AWS has"
                  + " made of one moment"
              : windows.notes().get(0);
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to restore table '%s' to a point in time: %s".formatted(tableName, reason),
          "begin one with: dynavault continuous start %s; or restore a recovery point, see:"
                  .formatted(tableName)
              + " dynavault list");
    }
    return windows;
  }

  /**
   * The last moment that all tables can be restored to.
   *
   * @throws DynavaultException {@code TIME_INVALID} where there is none, {@code DAMAGED} where the
   *     vault had later ones: who wants the latest would not notice
   */
  public CommonMoment latest(List<RecoveryWindows> tables) {
    CommonMoment common = last(tables);
    for (RecoveryWindows windows : tables) {
      if (windows.lost().isPresent()) {
        throw lost(windows, "to its latest moment", common.moment());
      }
    }
    return common;
  }

  private static CommonMoment last(List<RecoveryWindows> tables) {
    Instant moment = tables.get(0).latest().orElseThrow();
    String limit = tables.get(0).tableName();
    boolean lowered = true;
    while (lowered) {
      lowered = false;
      for (RecoveryWindows windows : tables) {
        Optional<Instant> reached = windows.floor(moment);
        if (reached.isEmpty()) {
          throw new DynavaultException(
              ErrorCode.TIME_INVALID,
              "unable to restore %d tables to one moment: table '%s' cannot be restored to %s or before"
                  .formatted(tables.size(), windows.tableName(), moment),
              "restore these tables one by one");
        }
        if (reached.get().isBefore(moment)) {
          moment = reached.get();
          limit = windows.tableName();
          lowered = true;
        }
      }
    }
    return new CommonMoment(moment, limit);
  }

  /**
   * Refuses to count back from now where now is before what the vault has: another moment than the
   * one that is meant would be restored, and nobody would notice.
   *
   * @throws DynavaultException {@code TIME_INVALID} if this machine's clock is behind DynamoDB's
   */
  public void requireClock(RecoveryWindows windows) {
    Instant now = clock.instant();
    Optional<Instant> latest = windows.latest().filter(now::isBefore);
    if (latest.isPresent()) {
      throw new DynavaultException(
          ErrorCode.TIME_INVALID,
          "unable to restore table '%s' to a span before now: this machine's clock says %s, the vault has the table at %s"
              .formatted(windows.tableName(), now.truncatedTo(ChronoUnit.SECONDS), latest.get()),
          "set the clock, or give the time itself, such as --to-time " + latest.get());
    }
  }

  /**
   * Plans a table at a moment.
   *
   * @param time rounded down to the second, but for the very moment of an export
   * @param preferred bases to be used if they can be, such as that of a restore that is resumed;
   *     else the one that leaves the fewest changes
   * @throws DynavaultException {@code TIME_INVALID} where the table cannot be restored to it; the
   *     error names the nearest moments that can be
   */
  public MomentPlan plan(RecoveryWindows windows, Instant time, Set<RecoveryPointId> preferred) {
    Instant moment = time.truncatedTo(ChronoUnit.SECONDS);
    Optional<MomentPlan> committed =
        windows
            .chainAt(moment)
            .map(chain -> new CommitSearch(chain, moment, preferred).plan(windows.notes()));
    Optional<MomentPlan> exported =
        windows
            .exportsAt(time)
            .or(() -> windows.exportsAt(moment))
            .map(chain -> plan(chain, windows.notes()));
    return Stream.of(committed, exported)
        .flatMap(Optional::stream)
        .min(
            Comparator.comparing((MomentPlan plan) -> !preferred.contains(plan.base().id()))
                .thenComparing(MomentPlan::changes))
        .orElseThrow(() -> unreachable(windows, time));
  }

  private static DynavaultException lost(RecoveryWindows windows, String moment, Instant last) {
    return new DynavaultException(
        ErrorCode.DAMAGED,
        "unable to restore table '%s' %s: %s"
            .formatted(windows.tableName(), moment, windows.lost().orElseThrow()),
        "the last one that there is: --to-time %s; see what is damaged with: dynavault verify"
            .formatted(last));
  }

  private static MomentPlan plan(ExportChain chain, List<String> notes) {
    return new MomentPlan(
        chain.end(),
        RecoveryWindows.window(chain),
        chain.base(),
        new MomentPlan.Exports(chain),
        notes);
  }

  private DynavaultException unreachable(RecoveryWindows windows, Instant time) {
    Optional<Instant> before = windows.floor(time);
    Optional<Instant> after = windows.ceiling(time);
    if (after.isEmpty() && !time.isAfter(clock.instant()) && windows.lost().isPresent()) {
      return lost(windows, "to " + time, before.orElseThrow());
    }
    String reason;
    if (time.isAfter(clock.instant())) {
      reason = "that is in the future";
    } else if (after.isEmpty()) {
      reason = "no change behind %s is in the vault yet".formatted(before.orElseThrow());
    } else if (before.isEmpty()) {
      reason = "the first moment that can be restored is " + after.get();
    } else {
      reason =
          "the moments that can be restored next to it are %s and %s"
              .formatted(before.get(), after.get());
    }
    String hint =
        Stream.of(before.orElse(null), after.orElse(null))
            .filter(Objects::nonNull)
            .map(moment -> "--to-time " + moment)
            .reduce((one, other) -> one + " or " + other)
            .orElseThrow();
    return new DynavaultException(
        ErrorCode.TIME_INVALID,
        "unable to restore table '%s' to %s: %s".formatted(windows.tableName(), time, reason),
        "the nearest that can be: " + hint + notUsable(windows));
  }

  /** What would perhaps have the moment if it could be used. */
  private static String notUsable(RecoveryWindows windows) {
    return windows.notes().stream().map(note -> "; " + note).collect(Collectors.joining());
  }
}
