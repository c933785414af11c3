// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/** The role that AWS Backup takes on. */
public final class Role {
  private Role() {}

  /**
   * The role of the settings.
   *
   * @throws DynavaultException {@code USAGE} if there is none
   */
  public static String of(Session session) {
    return session
        .config()
        .optional(ConfigOptions.AWS_BACKUP_ROLE_ARN)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "unable to start a job of AWS Backup: no role is given",
                    "give --role-arn or the setting aws-backup.role-arn, such as"
                        + " arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole"));
  }
}
