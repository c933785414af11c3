// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.ObjectKeys;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where in a vault AWS writes an export to.
 *
 * @param bucket the vault's
 * @param root prefix of the vault in its bucket, without slashes at its ends; may be empty
 * @param prefix of the export below the vault's root, such as {@code 2026-11-21/orders}
 */
public record ExportPlace(String bucket, String root, String prefix) {
  private static final String ANY_ID = "00000000000000-00000000";

  public ExportPlace {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(root, "root is null");
    requireNonNull(prefix, "prefix is null");
  }

  /**
   * The place in a vault for a table's exports of a day.
   *
   * @param vault location of the vault's store
   * @throws DynavaultException {@code USAGE} if the vault is not in S3
   */
  static ExportPlace of(URI vault, String tableName, Instant now) {
    if (!"s3".equals(vault.getScheme())) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to export table '%s' to vault '%s': DynamoDB exports to S3 only"
              .formatted(tableName, vault),
          "take a vault in a bucket, such as --vault s3://my-backups/vault; or --method scan");
    }
    String path = vault.getPath() == null ? "" : vault.getPath();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return new ExportPlace(
        vault.getAuthority(),
        path.replaceAll("^/+|/+$", ""),
        ObjectKeys.export(day, tableName, ANY_ID).prefix());
  }

  /** The prefix that AWS is told, from the bucket's root. */
  public String s3Prefix() {
    return root.isEmpty() ? prefix : root + "/" + prefix;
  }

  /** The folder of an export, below the vault's root. */
  String folder(String exportId) {
    return new ExportLayout(prefix, exportId).folder();
  }
}
