// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.format.layout.VaultKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Says that a restore is about to create a table, or that it has, and whether it has ended: the one
 * who finds it may go on writing into that very table.
 *
 * @param tableName table of the recovery point
 * @param id of the recovery point
 * @param target the table that was created, or is to be
 * @param choice fingerprint of which items are restored and how they are changed; empty for all as
 *     they are
 * @param started by the clock of the restore, just before it created the table
 * @param ended whether the table is complete, so that nobody may go on with it
 */
public record RestoreRecord(
    String tableName,
    RecoveryPointId id,
    Target target,
    String choice,
    Instant started,
    boolean ended) {

  /**
   * A table as its server knows it. A table that is deleted and created again has another id.
   *
   * @param arn empty where the server has none
   * @param tableId empty as long as it does not exist
   */
  public record Target(String tableName, String arn, String tableId) {
    public Target {
      requireNonNull(tableName, "tableName is null");
      requireNonNull(arn, "arn is null");
      requireNonNull(tableId, "tableId is null");
    }

    /** A table that is about to be created. */
    public static Target intended(String tableName) {
      return new Target(tableName, "", "");
    }

    boolean isIntended() {
      return tableId.isEmpty();
    }

    /** The name of the journal: the same for the same table only. */
    String fileName() {
      return hash(String.join("\n", tableName, arn, tableId));
    }
  }

  public RestoreRecord {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(id, "id is null");
    requireNonNull(target, "target is null");
    requireNonNull(choice, "choice is null");
    requireNonNull(started, "started is null");
  }

  /** Whether it only says that the table was about to be created. */
  public boolean isIntended() {
    return target.isIntended();
  }

  String key() {
    return VaultKeys.restore(tableName, id.value(), fileName());
  }

  /** Of two that intend a table of the same name, neither knows of the other's table. */
  private String fileName() {
    return isIntended() ? hash(target.tableName() + "\n" + started) : target.fileName();
  }

  RestoreRecord asEnded() {
    return new RestoreRecord(tableName, id, target, choice, started, true);
  }

  byte[] toJson() {
    return JsonDocument.writeVersioned(
        json -> {
          json.writeStringField("tableName", tableName);
          json.writeStringField("id", id.value());
          json.writeObjectFieldStart("target");
          json.writeStringField("tableName", target.tableName());
          json.writeStringField("tableArn", target.arn());
          json.writeStringField("tableId", target.tableId());
          json.writeEndObject();
          if (!choice.isEmpty()) {
            json.writeStringField("choice", choice);
          }
          json.writeStringField("started", started.toString());
          if (ended) {
            json.writeBooleanField("ended", true);
          }
        });
  }

  static RestoreRecord read(StoredJson stored) {
    return stored.parse("restore", fields -> read(fields, stored.info().key()));
  }

  private static RestoreRecord read(JsonFields fields, String key) {
    JsonFields target = fields.object("target");
    RestoreRecord restore =
        new RestoreRecord(
            fields.text("tableName"),
            new RecoveryPointId(fields.text("id")),
            new Target(target.text("tableName"), target.text("tableArn"), target.text("tableId")),
            fields.optionalText("choice").orElse(""),
            fields.time("started"),
            fields.flag("ended"));
    if (!key.equals(restore.key())) {
      throw fields.invalid("target", "or the recovery point is not that of the journal's key");
    }
    return restore;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
