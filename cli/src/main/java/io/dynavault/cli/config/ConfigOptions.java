// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static io.dynavault.cli.config.ConfigOption.option;
import static io.dynavault.cli.config.OptionGroup.COMPARE;
import static io.dynavault.cli.config.OptionGroup.EXPORT;
import static io.dynavault.cli.config.OptionGroup.GLOBAL;
import static io.dynavault.cli.config.OptionGroup.READ;
import static io.dynavault.cli.config.OptionGroup.RESTORE;
import static io.dynavault.cli.config.OptionGroup.SCAN;
import static io.dynavault.cli.config.OptionGroup.TARGET;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.OutputFormat;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** The table of options: every setting of the command line, in the order of the reference. */
public final class ConfigOptions {
  /** {@code --sse}: keys that S3 manages. */
  public static final String SSE_S3 = "AES256";

  /** {@code --sse}: keys of AWS KMS. */
  public static final String SSE_KMS = "aws:kms";

  public static final ConfigOption<String> VAULT =
      option(
          GLOBAL,
          "vault",
          "-r,--vault",
          ValueType.location(),
          "",
          "where the vault is: file:/path, a plain path, or s3://bucket/prefix");
  public static final ConfigOption<String> CONFIG =
      option(
          GLOBAL,
          "config",
          "--config",
          ValueType.text("FILE"),
          "",
          "configuration file; without it dynavault.yaml in the current folder, where there is"
              + " one");
  public static final ConfigOption<String> PROFILE =
      option(
          GLOBAL,
          "aws.profile",
          "--profile",
          ValueType.text("NAME"),
          "",
          "profile of the AWS configuration files");
  public static final ConfigOption<String> REGION =
      option(
          GLOBAL,
          "aws.region",
          "--region",
          ValueType.text("REGION"),
          "",
          "AWS region of the tables");
  public static final ConfigOption<URI> ENDPOINT_URL =
      option(
          GLOBAL,
          "dynamodb.endpoint-url",
          "--endpoint-url",
          ValueType.url(),
          "",
          "endpoint of DynamoDB or a compatible server");
  public static final ConfigOption<URI> S3_ENDPOINT_URL =
      option(
          GLOBAL,
          "s3.endpoint-url",
          "--s3-endpoint-url",
          ValueType.url(),
          "",
          "endpoint of S3 or a compatible server");
  public static final ConfigOption<String> S3_REGION =
      option(
          GLOBAL,
          "s3.region",
          "--s3-region",
          ValueType.text("REGION"),
          "",
          "AWS region of the bucket; without it that of the tables");
  public static final ConfigOption<Boolean> S3_PATH_STYLE =
      option(
          GLOBAL,
          "s3.path-style",
          "--s3-path-style",
          ValueType.flag(),
          "false",
          "put the bucket's name into the path, as many compatible servers want it");
  public static final ConfigOption<String> S3_SSE =
      option(
          GLOBAL,
          "s3.sse",
          "--sse",
          ValueType.choice("AES256|aws:kms", SSE_S3, SSE_KMS),
          "",
          "server-side encryption of what is written; without it the bucket's default");
  public static final ConfigOption<String> S3_SSE_KMS_KEY_ID =
      option(
          GLOBAL,
          "s3.sse-kms-key-id",
          "--sse-kms-key-id",
          ValueType.text("KEY"),
          "",
          "key for --sse aws:kms");
  public static final ConfigOption<String> S3_STORAGE_CLASS =
      option(
          GLOBAL,
          "s3.storage-class",
          "--storage-class",
          storageClass(),
          "",
          "storage class of data files; without it the bucket's default");
  public static final ConfigOption<Boolean> JSON =
      option(
          GLOBAL,
          "output.json",
          "--json",
          ValueType.flag(),
          "false",
          "print JSON for programs instead of text for people");
  public static final ConfigOption<Boolean> QUIET =
      option(
          GLOBAL,
          "output.quiet",
          "-q,--quiet",
          ValueType.flag(),
          "false",
          "print results and errors only");
  public static final ConfigOption<Boolean> VERBOSE =
      option(
          GLOBAL,
          "output.verbose",
          "-v,--verbose",
          ValueType.flag(),
          "false",
          "print what is being done");
  public static final ConfigOption<Boolean> PROGRESS =
      option(
          GLOBAL,
          "output.progress",
          "--no-progress",
          ValueType.flag(),
          "true",
          "do not show progress");

  public static final ConfigOption<Integer> SCAN_WORKERS =
      option(
          SCAN,
          "scan.workers",
          "--workers",
          ValueType.integer(1, 1000),
          "8",
          "segments read at the same time");
  public static final ConfigOption<CapacityBudget> SCAN_READ_CAPACITY =
      option(
          SCAN,
          "scan.read-capacity",
          "--read-capacity",
          ValueType.capacity(),
          "",
          "read capacity to use at most: units per second, a share of the table's such as 50%, or"
              + " unlimited; without it half of a provisioned table's");
  public static final ConfigOption<Boolean> SCAN_CONSISTENT_READ =
      option(
          SCAN,
          "scan.consistent-read",
          "--consistent-read",
          ValueType.flag(),
          "false",
          "read strongly consistent, for twice the capacity");

  public static final ConfigOption<OutputFormat> EXPORT_FORMAT =
      option(
          EXPORT,
          "export.format",
          "--format",
          ValueType.constant(OutputFormat.class),
          "dynamodb-json",
          "encoding of the data files");
  public static final ConfigOption<Codec> EXPORT_COMPRESSION =
      option(
          EXPORT,
          "export.compression",
          "--compression",
          ValueType.codec(),
          "gzip",
          "compression of the data files");

  public static final ConfigOption<Long> EXPORT_FILE_SIZE =
      option(
          EXPORT,
          "export.file-size",
          "--file-size",
          ValueType.size(1 << 20, 16L << 30),
          "128MiB",
          "uncompressed size at which a data file is ended");

  public static final ConfigOption<Integer> SCAN_TABLES =
      option(
          OptionGroup.BACKUP_TABLES,
          "scan.tables",
          "--tables-at-once",
          ValueType.integer(1, 64),
          "2",
          "tables read at the same time");

  public static final ConfigOption<Integer> READ_WORKERS =
      option(
          READ,
          "read.workers",
          "--workers",
          ValueType.integer(1, 256),
          "8",
          "files read at the same time");

  public static final ConfigOption<Integer> RESTORE_WORKERS =
      option(
          RESTORE,
          "restore.workers",
          "--workers",
          ValueType.integer(1, 256),
          "8",
          "requests written at the same time");
  public static final ConfigOption<CapacityBudget> RESTORE_WRITE_CAPACITY =
      option(
          RESTORE,
          "restore.write-capacity",
          "--write-capacity",
          ValueType.capacity(),
          "",
          "write capacity to use at most: units per second, a share of the table's such as 50%, or"
              + " unlimited; without it half of a provisioned table's");

  public static final ConfigOption<Integer> RESTORE_TABLES =
      option(
          OptionGroup.RESTORE_TABLES,
          "restore.tables",
          "--tables-at-once",
          ValueType.integer(1, 64),
          "2",
          "tables written at the same time");

  public static final ConfigOption<String> TARGET_VAULT =
      option(
          TARGET,
          "target.vault",
          "--target-vault",
          ValueType.location(),
          "",
          "vault to copy to; what follows is as for the vault unless it is given");
  public static final ConfigOption<String> TARGET_PROFILE =
      option(
          TARGET,
          "target.aws.profile",
          "--target-profile",
          ValueType.text("NAME"),
          "",
          "profile of the AWS configuration files");
  public static final ConfigOption<URI> TARGET_S3_ENDPOINT_URL =
      option(
          TARGET,
          "target.s3.endpoint-url",
          "--target-s3-endpoint-url",
          ValueType.url(),
          "",
          "endpoint of S3 or a compatible server");
  public static final ConfigOption<String> TARGET_S3_REGION =
      option(
          TARGET,
          "target.s3.region",
          "--target-s3-region",
          ValueType.text("REGION"),
          "",
          "AWS region of the bucket");
  public static final ConfigOption<Boolean> TARGET_S3_PATH_STYLE =
      option(
          TARGET,
          "target.s3.path-style",
          "--target-s3-path-style",
          ValueType.flag(),
          "",
          "put the bucket's name into the path");
  public static final ConfigOption<String> TARGET_S3_SSE =
      option(
          TARGET,
          "target.s3.sse",
          "--target-sse",
          ValueType.choice("AES256|aws:kms", SSE_S3, SSE_KMS),
          "",
          "server-side encryption of the copies");
  public static final ConfigOption<String> TARGET_S3_SSE_KMS_KEY_ID =
      option(
          TARGET,
          "target.s3.sse-kms-key-id",
          "--target-sse-kms-key-id",
          ValueType.text("KEY"),
          "",
          "key for --target-sse aws:kms");
  public static final ConfigOption<String> TARGET_S3_STORAGE_CLASS =
      option(
          TARGET,
          "target.s3.storage-class",
          "--target-storage-class",
          storageClass(),
          "",
          "storage class of the copies' data files");

  public static final ConfigOption<CapacityBudget> RESTORE_READ_CAPACITY =
      option(
          COMPARE,
          "restore.read-capacity",
          "--read-capacity",
          ValueType.capacity(),
          "",
          "read capacity of the target to use at most, where it has to be read (fail, identical,"
              + " clear, --validate); without it half of a provisioned table's");

  public static final ConfigOption<String> AWS_BACKUP_VAULT =
      option(
          OptionGroup.AWS_BACKUP,
          "aws-backup.vault",
          "--aws-backup-vault",
          ValueType.text("NAME"),
          "Default",
          "vault of AWS Backup that backups go to");
  public static final ConfigOption<String> AWS_BACKUP_ROLE_ARN =
      option(
          OptionGroup.AWS_BACKUP,
          "aws-backup.role-arn",
          "--role-arn",
          ValueType.text("ARN"),
          "",
          "role that AWS Backup takes on to back up, copy and restore");

  /** All rows, in the order of the reference. */
  public static final List<ConfigOption<?>> ALL =
      joined(
          List.of(BackupOptions.ALL, ContinuousOptions.ALL, NotifyOptions.ALL),
          VAULT,
          CONFIG,
          PROFILE,
          REGION,
          ENDPOINT_URL,
          S3_ENDPOINT_URL,
          S3_REGION,
          S3_PATH_STYLE,
          S3_SSE,
          S3_SSE_KMS_KEY_ID,
          S3_STORAGE_CLASS,
          JSON,
          QUIET,
          VERBOSE,
          PROGRESS,
          SCAN_WORKERS,
          SCAN_READ_CAPACITY,
          SCAN_CONSISTENT_READ,
          SCAN_TABLES,
          EXPORT_FORMAT,
          EXPORT_COMPRESSION,
          EXPORT_FILE_SIZE,
          READ_WORKERS,
          RESTORE_WORKERS,
          RESTORE_WRITE_CAPACITY,
          RESTORE_TABLES,
          RESTORE_READ_CAPACITY,
          TARGET_VAULT,
          TARGET_PROFILE,
          TARGET_S3_ENDPOINT_URL,
          TARGET_S3_REGION,
          TARGET_S3_PATH_STYLE,
          TARGET_S3_SSE,
          TARGET_S3_SSE_KMS_KEY_ID,
          TARGET_S3_STORAGE_CLASS,
          AWS_BACKUP_VAULT,
          AWS_BACKUP_ROLE_ARN);

  private ConfigOptions() {}

  private static List<ConfigOption<?>> joined(
      List<List<ConfigOption<?>>> areas, ConfigOption<?>... others) {
    return Stream.concat(Stream.of(others), areas.stream().flatMap(List::stream)).toList();
  }

  private static ValueType<String> storageClass() {
    return ValueType.choice(
        "CLASS", "STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR");
  }
}
