// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.TableChoice;
import io.dynavault.cli.config.BackupMethodChoice;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.table.TableSelection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a backup is told on the command line, beside the settings. */
final class BackupCommandOptions {
  @Mixin private TableChoice tables = new TableChoice();

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag of the recovery points; can be given several times")
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--delete-after",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "age at which expire may delete the recovery point, such as 35d")
  private @Nullable Duration deleteAfter;

  @Option(
      names = "--filter-expression",
      paramLabel = "EXPRESSION",
      description = "back up only items that match; the server evaluates it, at full read cost")
  private @Nullable String filter;

  @Option(
      names = "--projection-expression",
      paramLabel = "EXPRESSION",
      description = "back up only these attributes")
  private @Nullable String projection;

  @Option(
      names = "--expression-attribute-names",
      paramLabel = "JSON",
      description = "names for the expressions, such as {\"#s\":\"status\"}")
  private @Nullable String names;

  @Option(
      names = "--expression-attribute-values",
      paramLabel = "JSON",
      description = "values for the expressions, such as {\":s\":{\"S\":\"open\"}}")
  private @Nullable String values;

  @Option(
      names = "--consistent-to-a-moment",
      description =
          "back up all items as they were at one moment: the scan, and the changes of the table's"
              + " stream meanwhile; where the table has a continuous backup, without reading it")
  private boolean consistent;

  @Mixin private ExportMethodOptions export = new ExportMethodOptions();

  @Option(
      names = "--aws-delete-after-days",
      paramLabel = "DAYS",
      description =
          "with --method aws-backup: days after which AWS itself deletes the backup, whatever holds"
              + " and locks of the vault say; without it expire does")
  private @Nullable Integer awsDeleteAfterDays;

  @Option(
      names = "--resume",
      description = "go on with the newest backup of each table that was interrupted")
  private boolean resume;

  @Option(names = "--dry-run", description = "print the plan and do nothing")
  private boolean dryRun;

  TableSelection tables() {
    return tables.selection();
  }

  boolean isResume() {
    return resume;
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** When AWS Backup deletes backups by itself. */
  Lifecycle awsLifecycle() {
    if (awsDeleteAfterDays == null) {
      return Lifecycle.FOR_EVER;
    }
    try {
      return Lifecycle.deleteAfter(awsDeleteAfterDays);
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to back up by AWS Backup: " + e.getMessage());
    }
  }

  ExportMethodOptions export() {
    return export;
  }

  Map<String, String> tags() {
    return tags;
  }

  Optional<Duration> deleteAfter() {
    return Optional.ofNullable(deleteAfter);
  }

  /** Whether only some items or attributes are wanted, which only a scan can do. */
  boolean isSelective() {
    return filter != null || projection != null;
  }

  /** Whether all items are to be of one moment. */
  boolean isConsistent() {
    return consistent;
  }

  /** Refuses options that the method would not heed. */
  void requireFor(BackupMethodChoice method) {
    boolean auto = method == BackupMethodChoice.AUTO;
    if (consistent && (method != BackupMethodChoice.SCAN || isSelective())) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to back up to one moment: --consistent-to-a-moment is for scans of whole tables",
          "add --method scan and leave filter and projection out; exports, on-demand backups and"
              + " AWS Backup are of one moment by themselves");
    }
    if (auto && isSelective() && export.isUsed()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to back up: a filter or projection is for scans, and options of exports are"
              + " given",
          "leave one of both out");
    }
    if (!auto && method != BackupMethodChoice.SCAN && isSelective()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to back up with a filter or projection: only --method scan has them",
          "leave them out, and choose items when restoring");
    }
    if (method != BackupMethodChoice.AWS_BACKUP && awsDeleteAfterDays != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to back up: --aws-delete-after-days is for AWS Backup",
          "add --method aws-backup, or use --delete-after");
    }
    if (!auto && method != BackupMethodChoice.EXPORT && export.isUsed()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to back up: --export-time, --incremental, --view and --bucket-owner are for"
              + " exports",
          "add --method export, or leave them out");
    }
  }

  BackupRequest request(String tableName, Config config) {
    ScanQuery query =
        new ScanQuery(
            tableName,
            config.value(ConfigOptions.SCAN_CONSISTENT_READ),
            Optional.ofNullable(filter),
            Optional.ofNullable(projection),
            Optional.ofNullable(names),
            Optional.ofNullable(values));
    return new BackupRequest(
        query,
        new BackupOptions(
            config.value(ConfigOptions.SCAN_WORKERS),
            config.optional(ConfigOptions.SCAN_READ_CAPACITY),
            config.value(ConfigOptions.EXPORT_FORMAT),
            config.value(ConfigOptions.EXPORT_COMPRESSION),
            config.value(ConfigOptions.EXPORT_FILE_SIZE),
            tags,
            Optional.ofNullable(deleteAfter)));
  }
}
