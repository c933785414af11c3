// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks running work to end at its next safe place, where what is done is kept and can be resumed.
 * Set once, from any thread.
 */
public final class StopSignal {
  private final @Nullable StopSignal parent;
  private volatile boolean requested;

  public StopSignal() {
    this(null);
  }

  private StopSignal(@Nullable StopSignal parent) {
    this.parent = parent;
  }

  /** A signal that is also given when this one is; given alone, it leaves this one as it is. */
  public StopSignal child() {
    return new StopSignal(this);
  }

  /** Asks everything that watches this signal to stop. */
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested || (parent != null && parent.isRequested());
  }

  /** The failure that a run ends with after it has stopped. */
  public DynavaultException interrupted(String what) {
    return new DynavaultException(ErrorCode.INTERRUPTED, what + " was stopped before its end");
  }
}
