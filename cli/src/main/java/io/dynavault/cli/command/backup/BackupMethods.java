// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.BackupMethodChoice;
import io.dynavault.cli.config.BackupOptions;
import io.dynavault.core.vault.Vault;

/** Opens the method that {@code --method} names. */
final class BackupMethods {
  private BackupMethods() {}

  /**
   * @throws io.dynavault.core.error.DynavaultException {@code USAGE} where options of another
   *     method are given
   */
  static BackupMethod open(Session session, BackupCommandOptions options, Vault vault) {
    BackupMethodChoice choice = session.config().value(BackupOptions.METHOD);
    options.requireFor(choice);
    return switch (choice) {
      case SCAN ->
          options.isConsistent()
              ? ConsistentMethod.open(session, options, vault)
              : ScanMethod.open(session, options, vault);
      case EXPORT -> ExportMethod.open(session, options, vault);
      case ON_DEMAND -> OnDemandMethod.open(session, options, vault);
      case AUTO -> AutoMethod.open(session, options, vault);
      case AWS_BACKUP -> AwsBackupMethod.open(session, options, vault);
    };
  }
}
