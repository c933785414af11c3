// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/** Whether backups have records in the vault, where there is one in the settings. */
final class RecordedBackups implements AutoCloseable {
  private final Optional<OpenVault> open;

  private RecordedBackups(Optional<OpenVault> open) {
    this.open = requireNonNull(open, "open is null");
  }

  static RecordedBackups of(Session session) {
    return new RecordedBackups(
        session.config().optional(ConfigOptions.VAULT).isPresent()
            ? Optional.of(session.wiring().openVault())
            : Optional.empty());
  }

  /** Empty where there is no vault to ask. */
  Optional<Boolean> has(BackupArn arn) {
    return open.map(OpenVault::vault).map(vault -> has(vault, arn));
  }

  private static boolean has(Vault vault, BackupArn arn) {
    return vault.catalog().exists(arn.tableName(), arn.id());
  }

  @Override
  public void close() {
    open.ifPresent(OpenVault::close);
  }
}
