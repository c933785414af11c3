// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static io.dynavault.cli.config.ConfigOption.option;
import static io.dynavault.cli.config.OptionGroup.BACKUP;

import io.dynavault.aws.ondemand.OnDemandOptions;
import java.time.Duration;
import java.util.List;

/** The rows of the table of options that choose the method of a backup. */
public final class BackupOptions {
  public static final ConfigOption<BackupMethodChoice> METHOD =
      option(
          BACKUP,
          "backup.method",
          "--method",
          ValueType.constant(BackupMethodChoice.class),
          "scan",
          "scan reads the tables, at the cost of reads; export has DynamoDB write them into a vault"
              + " in S3, which needs point-in-time recovery; on-demand and aws-backup have DynamoDB"
              + " or AWS Backup keep backups, and the vault their records; auto chooses for each"
              + " table and says why");
  public static final ConfigOption<Duration> MAX_WAIT =
      option(
          BACKUP,
          "backup.max-wait",
          "--max-wait",
          ValueType.span(),
          "12h",
          "how long to wait for backups that AWS makes; they go on after that");

  public static final ConfigOption<String> NAME_PREFIX =
      option(
          BACKUP,
          "on-demand.name-prefix",
          "--name-prefix",
          ValueType.text("TEXT"),
          OnDemandOptions.DEFAULT_PREFIX,
          "what names of on-demand backups begin with: PREFIX-TABLE-yyyyMMdd-HHmmss");

  static final List<ConfigOption<?>> ALL = List.of(METHOD, MAX_WAIT, NAME_PREFIX);

  private BackupOptions() {}
}
