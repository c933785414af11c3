// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.table.TableSelection;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables of a vault that are meant where a moment is. */
public final class MomentTables {
  private final Vault vault;

  public MomentTables(Vault vault) {
    this.vault = requireNonNull(vault, "vault is null");
  }

  /**
   * The tables that patterns mean, whether they can be restored to a moment or not: one that cannot
   * must not be left out in silence. Without patterns the only one that has a continuous backup.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if none matches, {@code USAGE} if
   *     none is named and there are several
   */
  public List<String> select(List<String> patterns) {
    List<String> continuous = new ContinuousBackups(vault.store()).tables();
    if (patterns.isEmpty()) {
      return List.of(only(continuous));
    }
    TableSelection selection = new TableSelection(patterns, Map.of());
    Set<String> names = new TreeSet<>(selection.names());
    if (!selection.isNamesOnly()) {
      Stream.concat(continuous.stream(), vault.catalog().tableNames().stream())
          .filter(selection::selectsName)
          .forEach(names::add);
    }
    if (names.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to find a table in the vault that matches '%s'"
              .formatted(String.join("', '", patterns)));
    }
    return new ArrayList<>(names);
  }

  /**
   * How a table at a moment is made.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} or {@code TIME_INVALID} where it
   *     cannot be
   */
  public MomentPlan plan(String table, ToTime moment, InstantSource clock) {
    MomentPlanner planner = new MomentPlanner(vault.store(), vault.catalog(), clock);
    RecoveryWindows windows = planner.windows(table);
    if (moment.ago().isPresent()) {
      planner.requireClock(windows);
    }
    Instant time =
        moment.at(clock.instant()).orElseGet(() -> planner.latest(List.of(windows)).moment());
    return planner.plan(windows, time, Set.of());
  }

  private static String only(List<String> tables) {
    if (tables.size() != 1) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          tables.isEmpty()
              ? "unable to restore to a moment: no table is named, and the vault has no continuous"
                  + " backup"
              : "unable to restore to a moment: no table is named, and the vault has continuous"
                  + " backups of %d".formatted(tables.size()),
          "name the table");
    }
    return tables.get(0);
  }
}
