// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chain;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.export.ExportSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A full export and the windows that follow it, each beginning where the one before ends.
 *
 * @param base the full export; of the same table id as all windows
 * @param windows oldest first; may be empty
 */
public record ExportChain(RecoveryPoint base, List<RecoveryPoint> windows) {
  public ExportChain {
    requireNonNull(base, "base is null");
    windows = List.copyOf(windows);
    if (base.isIncremental()) {
      throw new IllegalArgumentException("the base of a chain is a full export");
    }
    Instant at = base.startTime();
    for (RecoveryPoint point : windows) {
      ExportWindow window = window(point);
      if (!window.from().equals(at)) {
        throw new IllegalArgumentException("a window begins at " + window.from() + ", not " + at);
      }
      at = window.to();
    }
  }

  /** The moment of which the state is. */
  public Instant end() {
    RecoveryPoint last = last();
    return last.isIncremental() ? window(last).to() : last.startTime();
  }

  /** The recovery point that ends the chain. */
  public RecoveryPoint last() {
    return windows.isEmpty() ? base : windows.get(windows.size() - 1);
  }

  /** Base and windows, oldest first. */
  public List<RecoveryPoint> points() {
    List<RecoveryPoint> points = new ArrayList<>(List.of(base));
    points.addAll(windows);
    return points;
  }

  /**
   * The chain that ends with a recovery point.
   *
   * @param wanted a window, or a full export, which is a chain by itself
   * @param points all that the vault has of the table, in any order
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where the chain has a hole
   */
  public static ExportChain endingWith(RecoveryPoint wanted, List<RecoveryPoint> points) {
    if (!wanted.isIncremental()) {
      return new ExportChain(wanted, List.of());
    }
    ExportChain chain = reachable(wanted.table().tableId(), points).get(wanted.id());
    if (chain == null) {
      throw hole(wanted, points);
    }
    return chain;
  }

  /**
   * The chain that reaches furthest; empty where there is no full export to begin with.
   *
   * @param tableId of the incarnation that is meant: a table that was created again begins anew
   * @param points all that the vault has of the table, in any order
   */
  public static Optional<ExportChain> newest(String tableId, List<RecoveryPoint> points) {
    return reachable(tableId, points).values().stream().max(Comparator.comparing(ExportChain::end));
  }

  /**
   * A chain to each moment that can be restored: to each full export, which is a chain by itself,
   * and to each window that has a way back to one.
   *
   * @param points all that the vault has of the table, in any order
   */
  public static List<ExportChain> all(List<RecoveryPoint> points) {
    return points.stream()
        .map(point -> point.table().tableId())
        .distinct()
        .flatMap(tableId -> reachable(tableId, points).values().stream())
        .toList();
  }

  /**
   * The windows that could not be restored without a recovery point: what would be lost with it.
   *
   * @param points all that the vault has of the table, in any order
   * @return the newest first, which is the order in which they can be deleted
   */
  public static List<RecoveryPoint> dependents(RecoveryPoint link, List<RecoveryPoint> points) {
    String tableId = link.table().tableId();
    Map<RecoveryPointId, ExportChain> with = reachable(tableId, points);
    List<RecoveryPoint> others =
        points.stream().filter(point -> !point.id().equals(link.id())).toList();
    Map<RecoveryPointId, ExportChain> without = reachable(tableId, others);
    return others.stream()
        .filter(point -> with.containsKey(point.id()) && !without.containsKey(point.id()))
        .sorted(Comparator.comparing((RecoveryPoint point) -> window(point).to()).reversed())
        .toList();
  }

  /** Windows of the table that begin after this chain has ended, oldest first. */
  public List<RecoveryPoint> beyond(List<RecoveryPoint> points) {
    return points.stream()
        .filter(RecoveryPoint::isIncremental)
        .filter(point -> point.table().tableId().equals(base.table().tableId()))
        .filter(point -> window(point).from().isAfter(end()))
        .sorted(Comparator.comparing(point -> window(point).from()))
        .toList();
  }

  /** Whether a recovery point can be the base of a chain: all items, and of one moment. */
  public static boolean canBeBase(RecoveryPoint point) {
    return point.method() == Method.EXPORT && !point.isIncremental() && !point.filtered();
  }

  /** Whether windows can build on a recovery point. */
  public static boolean canBeLink(RecoveryPoint point) {
    return point.isIncremental() || canBeBase(point);
  }

  private static ExportWindow window(RecoveryPoint point) {
    return point
        .export()
        .window()
        .orElseThrow(() -> new IllegalArgumentException("'" + point.id() + "' has no window"));
  }

  /** Names the place where the chain breaks off: behind it there is neither window nor base. */
  private static DynavaultException hole(RecoveryPoint wanted, List<RecoveryPoint> points) {
    List<RecoveryPoint> links = links(wanted.table().tableId(), points);
    Instant at = new ChainSearch<>(links, ExportChain::span).breaksOffAt(wanted);
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        ("unable to use recovery point '%s' of table '%s': the vault has neither a full export of"
                + " %s nor a window that ends there")
            .formatted(wanted.id(), wanted.tableName(), at),
        "close the hole with: dynavault backup --method export --incremental; or choose a recovery"
            + " point before it");
  }

  /** A chain to each point that can be reached from a base: one with the fewest windows. */
  private static Map<RecoveryPointId, ExportChain> reachable(
      String tableId, List<RecoveryPoint> points) {
    Map<RecoveryPointId, ExportChain> chains = new HashMap<>();
    new ChainSearch<>(links(tableId, points), ExportChain::span)
        .chains()
        .forEach(
            (end, chain) ->
                chains.put(
                    end.id(), new ExportChain(chain.get(0), chain.subList(1, chain.size()))));
    return chains;
  }

  /** The recovery points of one incarnation of a table that chains are made of. */
  private static List<RecoveryPoint> links(String tableId, List<RecoveryPoint> points) {
    return points.stream()
        .filter(point -> point.table().tableId().equals(tableId))
        .filter(ExportChain::canBeLink)
        .toList();
  }

  private static ExportSpan span(RecoveryPoint point) {
    if (!point.isIncremental()) {
      return new ExportSpan.Moment(point.startTime());
    }
    ExportWindow window = window(point);
    return new ExportSpan.Window(window.from(), window.to(), window.view());
  }
}
