// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.delete.Protections;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds out what the windows of continuous backups need. Touches nothing. */
public final class WindowSurvey {
  private final Vault vault;
  private final ContinuousBackups backups;
  private final Protections protections;

  /**
   * @param protections of the whole vault
   */
  public WindowSurvey(Vault vault, Protections protections) {
    this.vault = requireNonNull(vault, "vault is null");
    this.backups = new ContinuousBackups(vault.store());
    this.protections = requireNonNull(protections, "protections is null");
  }

  /** What becomes of every chain of the vault, by table, oldest first. */
  public List<ChainDecision> plan(Optional<Duration> window) {
    return backups.tables().stream().flatMap(table -> plan(table, window).stream()).toList();
  }

  /**
   * What becomes of the chains of a table.
   *
   * @param window how long before the newest moment that can be restored any second is promised;
   *     empty for ever
   */
  public List<ChainDecision> plan(String tableName, Optional<Duration> window) {
    List<ChainView> views = new ArrayList<>();
    List<ChainDecision> decisions = new ArrayList<>();
    List<RecoveryPointId> ids = backups.ids(tableName);
    for (RecoveryPointId id : ids) {
      try {
        backups
            .find(tableName, id)
            .map(log -> ChainView.of(log, vault, id.equals(ids.get(ids.size() - 1))))
            .ifPresent(views::add);
      } catch (DynavaultException e) {
        decisions.add(unreadable(tableName, id, e));
      }
    }
    Optional<Instant> begin =
        views.stream()
            .flatMap(view -> view.latest().stream())
            .max(Comparator.naturalOrder())
            .flatMap(latest -> window.map(latest::minus));
    for (ChainView view : views) {
      decisions.add(decide(view, begin, window));
    }
    decisions.sort(Comparator.comparing(ChainDecision::chain));
    return decisions;
  }

  /** What has to be done for a chain to be gone, whatever it promises. */
  public ChainDecision planRemoval(ChainLog log) {
    return new WindowChoice(vault, protections).whole(ChainView.of(log, vault, false), "as asked");
  }

  private ChainDecision decide(ChainView view, Optional<Instant> begin, Optional<Duration> window) {
    try {
      WindowChoice choice = new WindowChoice(vault, protections);
      return begin.isPresent()
          ? choice.decide(view, begin.get(), window.orElseThrow())
          : choice.keep(view);
    } catch (DynavaultException e) {
      return unreadable(view.log().chain().tableName(), view.log().chain().id(), e);
    }
  }

  /** What cannot be read is kept, and does not hide the rest. */
  private static ChainDecision unreadable(
      String tableName, RecoveryPointId id, DynavaultException e) {
    if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
      throw e;
    }
    return WindowChoice.nothing(
        tableName, id, Optional.empty(), Optional.empty(), "cannot be read: " + e.getMessage());
  }
}
