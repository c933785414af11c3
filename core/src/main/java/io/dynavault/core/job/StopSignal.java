// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/**
 * Asks running work to end at its next safe place, where what is done is kept and can be resumed.
 * Set once, from any thread.
 */
public final class StopSignal {
  private volatile boolean requested;

  /** Asks everything that watches this signal to stop. */
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }

  /** The failure that a run ends with after it has stopped. */
  public DynavaultException interrupted(String what) {
    return new DynavaultException(ErrorCode.INTERRUPTED, what + " was stopped before its end");
  }
}
