// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;

/**
 * Asks running work to end at its next safe place, where what is done is kept and can be resumed.
 * Set once, from any thread.
 */
public final class StopSignal {
  private final List<StopSignal> parents;
  private volatile boolean requested;

  public StopSignal() {
    this(List.of());
  }

  private StopSignal(List<StopSignal> parents) {
    this.parents = parents;
  }

  /** A signal that is also given when this one is; given alone, it leaves this one as it is. */
  public StopSignal child() {
    return new StopSignal(List.of(this));
  }

  /** A signal that is also given when this one or the other is. */
  public StopSignal or(StopSignal other) {
    return new StopSignal(List.of(this, other));
  }

  /** Asks everything that watches this signal to stop. */
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    if (requested) {
      return true;
    }
    for (StopSignal parent : parents) {
      if (parent.isRequested()) {
        return true;
      }
    }
    return false;
  }

  /** The failure that a run ends with after it has stopped. */
  public DynavaultException interrupted(String what) {
    return new DynavaultException(ErrorCode.INTERRUPTED, what + " was stopped before its end");
  }
}
