// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.core.job.RunContext;

/** Backs a table up as the base of a chain. */
@FunctionalInterface
public interface BaseBackup {

  /**
   * Makes the base, or goes on with one that was begun for the same chain, or finds one that was
   * made for it and not noted.
   */
  ScannedPoint make(BaseOrder order, RunContext context) throws InterruptedException;
}
