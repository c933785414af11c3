// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.NamePattern;
import io.dynavault.core.vault.UnreadableRecord;
import io.dynavault.core.window.ChainDecision;
import java.util.List;

/**
 * What retention would do with every recovery point of a vault, and why.
 *
 * @param decisions by table, newest first
 * @param unreadable records that could not be read: kept, and never counted
 * @param chains continuous backups, by table, oldest first; none where no window is given
 */
public record ExpirePlan(
    List<Decision> decisions, List<UnreadableRecord> unreadable, List<ChainDecision> chains) {
  public ExpirePlan {
    decisions = List.copyOf(decisions);
    unreadable = List.copyOf(unreadable);
    chains = List.copyOf(chains);
  }

  ExpirePlan withChains(List<ChainDecision> others) {
    return new ExpirePlan(decisions, unreadable, others);
  }

  /** Whether a recovery point stays. */
  public enum Action {
    KEEP,
    REMOVE
  }

  /**
   * What happens with one recovery point.
   *
   * @param reasons at least one
   */
  public record Decision(ExpireCandidate candidate, Action action, List<Reason> reasons) {
    public Decision {
      requireNonNull(candidate, "candidate is null");
      requireNonNull(action, "action is null");
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a decision without a reason");
      }
    }
  }

  /** The part of the plan that is about these tables. What it says of them stays the same. */
  public ExpirePlan ofTables(NamePattern tables) {
    return new ExpirePlan(
        decisions.stream()
            .filter(decision -> tables.matches(decision.candidate().entry().tableName()))
            .toList(),
        unreadable.stream().filter(record -> tables.matches(record.tableName())).toList(),
        chains.stream().filter(chain -> tables.matches(chain.tableName())).toList());
  }

  public List<Decision> kept() {
    return decisions.stream().filter(d -> d.action() == Action.KEEP).toList();
  }

  public List<Decision> removed() {
    return decisions.stream().filter(d -> d.action() == Action.REMOVE).toList();
  }

  /** Stored bytes that would be freed. */
  public long removedBytes() {
    return removed().stream().mapToLong(d -> d.candidate().entry().point().storedBytes()).sum();
  }
}
