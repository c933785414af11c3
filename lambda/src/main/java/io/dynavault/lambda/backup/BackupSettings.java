// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.lambda.host.Settings;
import java.util.Optional;

/**
 * What the environment says about backups.
 *
 * @param backupPrefix what the names of on-demand backups begin with
 * @param maxContinuations how many invocations may follow the first one
 */
public record BackupSettings(
    String environment,
    String bucket,
    TableChoice tables,
    MethodName method,
    String backupPrefix,
    Optional<String> kmsKeyArn,
    int maxContinuations) {

  /** What makes the backups. */
  public enum MethodName {
    EXPORT,
    ON_DEMAND,
    SCAN;

    static MethodName of(String text) {
      return switch (text) {
        case "export" -> EXPORT;
        case "on-demand" -> ON_DEMAND;
        case "scan" -> SCAN;
        default ->
            throw Settings.invalid("BACKUP_METHOD", "it is not one of export, on-demand and scan");
      };
    }
  }

  public BackupSettings {
    requireNonNull(environment, "environment is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(tables, "tables is null");
    requireNonNull(method, "method is null");
    requireNonNull(backupPrefix, "backupPrefix is null");
    requireNonNull(kmsKeyArn, "kmsKeyArn is null");
  }

  /** As the environment says. */
  public static BackupSettings of(Settings settings) {
    return new BackupSettings(
        settings.required("ENVIRONMENT"),
        settings.required("BACKUP_BUCKET"),
        TableChoice.of(settings),
        MethodName.of(settings.text("BACKUP_METHOD", "export")),
        settings.text("BACKUP_PREFIX", "dynavault"),
        settings.optional("KMS_KEY_ARN"),
        settings.number("MAX_CONTINUATIONS", 48, 0));
  }
}
