// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.copy.CopyPlan;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.List;
import java.util.Optional;

/**
 * What a copy of chains would do.
 *
 * @param steps by table, and then oldest chain first
 * @param workers files that are copied at the same time
 */
public record ChainCopyPlan(List<Step> steps, int workers) {
  public ChainCopyPlan {
    steps = List.copyOf(steps);
  }

  /** What happens with one chain. */
  public enum Action {
    COPY,
    /** The target has all of it. */
    SKIP,
    /** The target has let it expire, and is not given it again. */
    EXPIRED,
    /** The target does not take it. */
    REFUSE
  }

  /**
   * One chain.
   *
   * @param volume what is new in it
   * @param bases the recovery points that come with it
   * @param refusal why the target does not take it, for {@link Action#REFUSE}
   */
  public record Step(
      Action action,
      String tableName,
      RecoveryPointId chain,
      CopiedVolume volume,
      CopyPlan bases,
      Optional<DynavaultException> refusal) {
    public Step {
      requireNonNull(action, "action is null");
      requireNonNull(tableName, "tableName is null");
      requireNonNull(chain, "chain is null");
      requireNonNull(volume, "volume is null");
      requireNonNull(bases, "bases is null");
      if (refusal.isPresent() != (action == Action.REFUSE)) {
        throw new IllegalArgumentException("a refusal has a reason, and nothing else has");
      }
    }

    /** Stored bytes that would be copied: change files, and bases. */
    public long bytes() {
      return volume.bytes() + bases.bytes();
    }
  }

  /** Stored bytes that would be copied. */
  public long bytes() {
    return steps.stream().mapToLong(Step::bytes).sum();
  }
}
