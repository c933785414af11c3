// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An on-demand backup.
 *
 * @param pending until when it is CREATING
 */
record StoredBackup(
    String arn,
    String name,
    Type type,
    Instant created,
    Optional<Instant> expires,
    TableSnapshot table,
    Pending pending) {

  /** Who made it. */
  enum Type {
    USER,
    SYSTEM,
    AWS_BACKUP
  }

  StoredBackup {
    requireNonNull(arn, "arn is null");
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(created, "created is null");
    requireNonNull(expires, "expires is null");
    requireNonNull(table, "table is null");
    requireNonNull(pending, "pending is null");
  }

  String status() {
    return pending.done() ? "AVAILABLE" : "CREATING";
  }

  /** {@code BackupDetails}. */
  ObjectNode details(String status) {
    ObjectNode details =
        Wire.object()
            .put("BackupArn", arn)
            .put("BackupName", name)
            .put("BackupSizeBytes", table.description().path("TableSizeBytes").asLong())
            .put("BackupStatus", status)
            .put("BackupType", type.name())
            .put("BackupCreationDateTime", Wire.seconds(created));
    expires.ifPresent(time -> details.put("BackupExpiryDateTime", Wire.seconds(time)));
    return details;
  }

  /** {@code BackupDescription}. */
  ObjectNode description(String status) {
    ObjectNode description = Wire.object();
    description.set("BackupDetails", details(status));
    description.set("SourceTableDetails", table.sourceDetails());
    description.set(
        "SourceTableFeatureDetails", type == Type.SYSTEM ? Wire.object() : table.featureDetails());
    return description;
  }

  /** {@code BackupSummary}. */
  ObjectNode summary() {
    ObjectNode summary = Wire.object().put("TableName", table.name());
    summary.set("TableId", table.description().path("TableId"));
    summary.put("TableArn", table.tableArn());
    summary.setAll(details(status()));
    return summary;
  }
}
