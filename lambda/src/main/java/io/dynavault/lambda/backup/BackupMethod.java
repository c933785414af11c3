// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

/** A way to back tables up, one step of one table at a time. */
interface BackupMethod extends AutoCloseable {
  /** What answers call it. */
  String type();

  /**
   * Does what can be done for a table now: starts its backup, works on it, or looks how far it is.
   *
   * @return the same state where there is nothing to do but to wait
   * @throws io.dynavault.core.error.DynavaultException if the backup of the table has failed
   */
  TableState advance(TableState state) throws InterruptedException;

  @Override
  void close();
}
