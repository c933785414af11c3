// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.List;
import java.util.Optional;

/**
 * What a copy would do.
 *
 * @param workers files that are copied at the same time
 */
public record CopyPlan(List<Step> steps, int workers) {
  public CopyPlan {
    steps = List.copyOf(steps);
  }

  /** What happens with one recovery point. */
  public enum Action {
    COPY,
    /** The target has it. */
    SKIP,
    /** The target does not take it. */
    REFUSE
  }

  /** Why a recovery point is copied. */
  public enum Choice {
    REQUESTED,
    /** Windows of changes that were asked for cannot be restored without it. */
    NEEDED
  }

  /**
   * One recovery point.
   *
   * @param source the recovery point in the source
   * @param target its record in the target, which differs at most in its lifecycle
   * @param refusal why the target does not take it, for {@link Action#REFUSE}
   * @param choice whether it was asked for, or what was asked for builds on it
   * @param buildsOn what has to be in the target before, for a window of changes
   */
  public record Step(
      Action action,
      RecoveryPoint source,
      RecoveryPoint target,
      Optional<DynavaultException> refusal,
      Choice choice,
      Optional<RecoveryPointId> buildsOn) {
    public Step {
      requireNonNull(action, "action is null");
      requireNonNull(source, "source is null");
      requireNonNull(target, "target is null");
      requireNonNull(choice, "choice is null");
      requireNonNull(buildsOn, "buildsOn is null");
      if (refusal.isPresent() != (action == Action.REFUSE)) {
        throw new IllegalArgumentException("a refusal has a reason, and nothing else has");
      }
    }
  }

  /** Stored bytes that would be copied. */
  public long bytes() {
    return steps.stream()
        .filter(step -> step.action() == Action.COPY)
        .mapToLong(step -> step.source().storedBytes())
        .sum();
  }
}
