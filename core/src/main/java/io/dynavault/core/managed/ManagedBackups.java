// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.managed;

import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.Map;

/**
 * The backups that AWS keeps and that recovery points of the methods ON_DEMAND and AWS_BACKUP name.
 * Safe for several threads.
 */
public interface ManagedBackups extends AutoCloseable {

  /**
   * Asks AWS for the backup.
   *
   * @param point whose content is a {@link io.dynavault.core.vault.ManagedBackup}
   * @throws io.dynavault.core.error.DynavaultException {@code UNSUPPORTED} where AWS cannot be
   *     asked, {@code ACCESS_DENIED} and the like where it does not answer; not where the backup is
   *     gone
   */
  ManagedBackupState state(RecoveryPoint point) throws InterruptedException;

  /**
   * Deletes the backup at AWS. One that is gone already, or being deleted, is fine.
   *
   * @param point as for {@link #state}
   * @throws io.dynavault.core.error.DynavaultException where it is still there, and why
   */
  void delete(RecoveryPoint point) throws InterruptedException;

  /** Closes the connections to AWS, if there are any. */
  @Override
  default void close() {}

  /**
   * Each method's backups by the one that knows them; closing closes all.
   *
   * @param byMethod points of other methods are refused
   */
  static ManagedBackups byMethod(Map<Method, ManagedBackups> byMethod) {
    return new ManagedBackupsByMethod(byMethod);
  }

  /** Where there is no AWS to ask: refuses everything. */
  static ManagedBackups none() {
    return NoManagedBackups.INSTANCE;
  }
}
