// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import io.dynavault.deploy.cloudformation.Stack;
import io.dynavault.deploy.cloudformation.Template;
import io.dynavault.deploy.terraform.TerraformModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Both templates, with the same settings. */
final class Templates {
  static final Path CLOUDFORMATION = Path.of("cloudformation/dynavault.yaml");
  static final Path TERRAFORM = Path.of("terraform");

  static final List<String> TABLE_KEYS =
      List.of(Account.arn("kms", "key/2c3d"), Account.arn("kms", "key/4e5f"));

  private Templates() {}

  /** What somebody asks for, in the words of both. */
  record Wish(Map<String, Object> cloudFormation, Map<String, Object> terraform) {
    static Wish defaults() {
      return new Wish(
              Map.of("CodeBucket", "acme-code", "CodeKey", "dynavault-lambda-0.1.0.zip"),
              Map.of("code_bucket", "acme-code", "code_key", "dynavault-lambda-0.1.0.zip"))
          .and("BackupBucket", "backup_bucket", "acme-backups-bucket");
    }

    Wish and(String parameter, String variable, Object value) {
      return and(Map.of(parameter, value), Map.of(variable, value));
    }

    Wish and(Map<String, ?> parameters, Map<String, ?> variables) {
      Map<String, Object> first = new LinkedHashMap<>(cloudFormation);
      Map<String, Object> second = new LinkedHashMap<>(terraform);
      first.putAll(parameters);
      second.putAll(variables);
      return new Wish(first, second);
    }

    Stack stack() {
      try {
        return Template.of(CLOUDFORMATION).stack(Deployment.NAME, cloudFormation);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    TerraformModule module() {
      Map<String, Object> variables = new LinkedHashMap<>(terraform);
      variables.put("name", Deployment.NAME);
      return TerraformModule.of(TERRAFORM, variables);
    }
  }

  /** Everything that can be switched on, and no setting at its default. */
  static Wish everything() {
    return Wish.defaults()
        .and("Runtime", "runtime", "java25")
        .and("Architecture", "architecture", "x86_64")
        .and("MemorySize", "memory_size", 2048)
        .and(
            Map.of("SnapStart", "PublishedVersions", "Release", "2026-11-21"),
            Map.of("snap_start", true))
        .and("S3ExportsPrefix", "s3_exports_prefix", "vaults/prod")
        .and("KmsKeyArn", "kms_key_arn", Account.arn("kms", "key/0a1b"))
        .and("ObjectLockMode", "object_lock_mode", "COMPLIANCE")
        .and("ObjectLockDays", "object_lock_days", 14)
        .and("InfrequentAfterDays", "infrequent_after_days", 40)
        .and("ColdAfterDays", "cold_after_days", 120)
        .and("NoncurrentDays", "noncurrent_days", 60)
        .and("Environment", "environment", "staging")
        .and(
            Map.of("DynamodbTables", "orders,customers"),
            Map.of("tables", List.of("orders", "customers")))
        .and(Map.of("AllowedTables", "shop-*"), Map.of("allowed_tables", List.of("shop-*")))
        .and(
            Map.of("TableKmsKeyArns", String.join(",", TABLE_KEYS)),
            Map.of("table_kms_key_arns", TABLE_KEYS))
        .and("TableTagKey", "table_tag_key", "backup")
        .and("TableTagValue", "table_tag_value", "daily")
        .and("TablePattern", "table_pattern", "mfa-api_{environment}_{type}_global")
        .and("BackupMethod", "backup_method", "on-demand")
        .and("BackupPrefix", "backup_prefix", "shop")
        .and("RetentionDays", "retention_days", 7)
        .and("WindowDays", "window_days", 14)
        .and("RestoreTestPrefix", "restore_test_prefix", "drill-")
        .and("MaxContinuations", "max_continuations", 5)
        .and("TimeZone", "time_zone", "Europe/Berlin")
        .and("BackupSchedule", "backup_schedule", "cron(15 1 * * ? *)")
        .and("CleanupSchedule", "cleanup_schedule", "cron(15 4 ? * MON *)")
        .and("RestoreTestSchedule", "restore_test_schedule", "cron(15 7 2 * ? *)")
        .and(Map.of("RestoreTests", "DISABLED"), Map.of("restore_tests", false))
        .and("NotificationEmail", "notification_email", "operations@example.com")
        .and("LogRetentionDays", "log_retention_days", 30)
        .and("CsvBucket", "csv_bucket", "acme-files")
        .and("CsvKey", "csv_key", "order_data.csv")
        .and("CsvTable", "csv_table", "orders");
  }
}
