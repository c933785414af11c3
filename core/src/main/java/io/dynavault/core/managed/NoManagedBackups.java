// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.managed;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;

/** Refuses everything: nobody is there who could ask AWS. */
enum NoManagedBackups implements ManagedBackups {
  INSTANCE;

  @Override
  public ManagedBackupState state(RecoveryPoint point) {
    throw refused("ask AWS for", point);
  }

  @Override
  public void delete(RecoveryPoint point) {
    throw refused("delete", point);
  }

  private static DynavaultException refused(String verb, RecoveryPoint point) {
    return new DynavaultException(
        ErrorCode.UNSUPPORTED,
        ("unable to %s the backup of recovery point '%s' of table '%s':"
                + " method %s is not offered here")
            .formatted(verb, point.id(), point.tableName(), point.method()),
        "use the dynavault command of a release, which can");
  }
}
