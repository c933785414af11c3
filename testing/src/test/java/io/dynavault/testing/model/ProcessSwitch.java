// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseKeeper;

/**
 * Ends a process as {@code kill -9} does, or stops it as {@code SIGSTOP} does: whatever it calls
 * next, on any thread, is not done, or not before it is woken.
 */
final class ProcessSwitch {
  private boolean killed;
  private boolean frozen;

  /** The process is gone. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  synchronized void kill() {
    killed = true;
    notifyAll();
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void wake() {
    frozen = false;
    notifyAll();
  }

  /** Called before every call of the process to anything outside of it. */
  synchronized void pass() {
    boolean interrupted = false;
    while (frozen && !killed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (killed) {
      if (Thread.currentThread().getName().equals(LeaseKeeper.THREAD_NAME)) {
        throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to renew: killed");
      }
      throw new Killed();
    }
  }
}
