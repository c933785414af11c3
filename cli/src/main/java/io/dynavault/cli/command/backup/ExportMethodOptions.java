// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.aws.export.ExportOptions;
import io.dynavault.aws.export.ExportRequest;
import io.dynavault.aws.export.ExportScope;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.format.export.ExportView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a backup by export is told on the command line. */
final class ExportMethodOptions {
  @Option(
      names = "--export-time",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "with --method export: export the table as it was at this time (default now)")
  private @Nullable Instant time;

  @Option(
      names = "--incremental",
      description = "with --method export: export what has changed since the last export")
  private boolean incremental;

  @Option(
      names = "--view",
      paramLabel = "new|new-and-old",
      description =
          "with --incremental: images of changed items; new is enough to restore (default"
              + " new-and-old)")
  private @Nullable String view;

  @Option(
      names = "--bucket-owner",
      paramLabel = "ACCOUNT",
      description = "with --method export: the account that has the vault's bucket")
  private @Nullable String bucketOwner;

  /** Whether any of them is given. */
  boolean isUsed() {
    return time != null || incremental || view != null || bucketOwner != null;
  }

  /**
   * @param encryption as of everything else that is written into the vault
   */
  ExportRequest request(
      String tableName, S3Encryption encryption, Config config, BackupCommandOptions backup) {
    return new ExportRequest(
        tableName,
        scope(),
        new ExportOptions(
            config.value(ConfigOptions.EXPORT_FORMAT),
            encryption,
            owner(),
            backup.tags(),
            backup.deleteAfter(),
            Optional.empty()));
  }

  private ExportScope scope() {
    Instant moment = time;
    if (!incremental) {
      if (view != null) {
        throw usage("--view is for changes", "add --incremental, or leave --view out");
      }
      return moment == null ? new ExportScope.Now() : new ExportScope.At(moment);
    }
    if (moment != null) {
      throw usage(
          "changes are exported from the last export on, not of --export-time",
          "leave one of --incremental and --export-time out");
    }
    return new ExportScope.Changes(view());
  }

  private ExportView view() {
    if (view == null || view.equals("new-and-old")) {
      return ExportView.NEW_AND_OLD_IMAGES;
    }
    if (view.equals("new")) {
      return ExportView.NEW_IMAGE;
    }
    throw usage("there is no view '" + view + "'", "--view is new or new-and-old");
  }

  private Optional<String> owner() {
    if (bucketOwner != null && !bucketOwner.matches("[0-9]{12}")) {
      throw usage("--bucket-owner is not an account", "give its 12 digits");
    }
    return Optional.ofNullable(bucketOwner);
  }

  private static DynavaultException usage(String reason, String hint) {
    return new DynavaultException(ErrorCode.USAGE, "unable to export: " + reason, hint);
  }
}
