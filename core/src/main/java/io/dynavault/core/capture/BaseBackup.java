// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.vault.RecoveryPointId;

/** Backs a table up as the base of a chain. */
@FunctionalInterface
public interface BaseBackup {

  /**
   * Makes the base, or goes on with one that was begun for the same chain, or finds one that was
   * made for it and not noted.
   *
   * @return the recovery point
   */
  RecoveryPointId make(Chain chain, RunContext context) throws InterruptedException;
}
