// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import java.time.Duration;

/** Hears what a wait is waiting for, for people who wait too. */
@FunctionalInterface
public interface WaitListener {

  /**
   * @param status what the table or the index is doing, such as {@code CREATING}
   * @param waited how long already
   */
  void waiting(String tableName, String status, Duration waited);

  /** Tells nobody. */
  static WaitListener silent() {
    return (tableName, status, waited) -> {};
  }
}
