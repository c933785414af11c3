// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.RecoveryPoints;
import io.dynavault.aws.awsbackup.TableArns;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names a recovery point of AWS Backup on the command line. */
final class PointChoice {
  @Parameters(paramLabel = "ARN", description = "ARN of the recovery point")
  private String arn = "";

  @Option(
      names = "--vault-name",
      paramLabel = "NAME",
      description = "its vault; without it that of the setting aws-backup.vault")
  private @Nullable String vault;

  /** Finds it. */
  AwsRecoveryPoint find(Session session, RecoveryPoints points) {
    String named = vault;
    if (named == null) {
      named =
          TableArns.tableArn(arn)
              .flatMap(table -> points.vaultOf(arn, table))
              .orElseGet(() -> session.config().value(ConfigOptions.AWS_BACKUP_VAULT));
    }
    return points.describe(named, arn);
  }
}
