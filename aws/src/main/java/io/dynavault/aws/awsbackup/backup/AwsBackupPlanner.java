// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Plans backups by AWS Backup: reads the table's whole definition and looks at the vault. */
public final class AwsBackupPlanner {
  private final TableDescriber describer;
  private final Vaults vaults;

  public AwsBackupPlanner(TableDescriber describer, Vaults vaults) {
    this.describer = requireNonNull(describer, "describer is null");
    this.vaults = requireNonNull(vaults, "vaults is null");
  }

  /**
   * Plans the backup of a table; starts nothing.
   *
   * @throws DynavaultException {@code TABLE_NOT_FOUND}, {@code VAULT_NOT_FOUND}, {@code LOCKED}
   *     where the lock of the vault of AWS Backup would make the job fail
   */
  public AwsBackupPlan plan(AwsBackupRequest request) {
    TableSnapshot table = describer.describe(request.tableName());
    AwsVault vault = vaults.describe(request.backupVault());
    requireAllowed(request, vault);
    List<String> notes = new ArrayList<>();
    request
        .lifecycle()
        .deleteAfterDays()
        .ifPresent(
            days ->
                notes.add(
                    "AWS deletes the backup after "
                        + days
                        + " days, whatever holds and locks of this vault say"));
    return new AwsBackupPlan(
        request, table.definition(), table.itemCount(), table.tableSizeBytes(), notes);
  }

  /** AWS takes such a job on and lets it fail later. */
  private static void requireAllowed(AwsBackupRequest request, AwsVault vault) {
    if (!vault.locked()) {
      return;
    }
    int days = request.lifecycle().deleteAfterDays().orElse(Integer.MAX_VALUE);
    int least = vault.minDays().orElse(1);
    int most = vault.maxDays().orElse(Integer.MAX_VALUE);
    if (days < least || days > most) {
      throw new DynavaultException(
          ErrorCode.LOCKED,
          "unable to back up table '"
              + request.tableName()
              + "': the lock of vault '"
              + vault.name()
              + "' of AWS Backup allows "
              + least
              + " to "
              + (most == Integer.MAX_VALUE ? "any number of" : String.valueOf(most))
              + " days, but the backup is "
              + request.lifecycle().describe(),
          "give --aws-delete-after-days within these bounds");
    }
  }
}
