// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.core.table.TableDefinition;
import java.util.Optional;

/** The table that is captured, as its server knows it. */
public interface CapturedTable {

  /** Its name. */
  String name();

  /** What it is now; empty where there is no such table. */
  Optional<TableState> state();

  /**
   * Everything needed to create it again.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code TABLE_NOT_FOUND}
   */
  TableDefinition definition();

  /**
   * Switches a stream with both images on, and waits until the table has it.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code UNSUPPORTED} where the server has no
   *     streams
   */
  void enableStream() throws InterruptedException;
}
