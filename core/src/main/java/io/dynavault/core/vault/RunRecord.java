// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.format.layout.VaultKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is going to do: written before its first data file, so that every file of a killed run
 * can be resumed from, or found and removed.
 *
 * @param id the recovery point it makes
 * @param exportPrefix folder that it writes to
 * @param plan what the kind of run needs to go on, as one JSON object
 */
public record RunRecord(
    Kind kind,
    String tableName,
    RecoveryPointId id,
    String exportPrefix,
    Instant started,
    String toolVersion,
    JsonNode plan) {
  /** In the plan of a copy: keys of what it writes beside its folder. */
  public static final String FILES_BESIDE = "filesBeside";

  /** What makes the recovery point. */
  public enum Kind {
    /** This engine, by scan. */
    BACKUP,
    /** DynamoDB, by an export that was started and goes on whatever becomes of us. */
    EXPORT,
    /** DynamoDB, by an on-demand backup that was asked for and may be there or not. */
    ON_DEMAND,
    /** AWS Backup, by a job that was asked for and goes on whatever becomes of us. */
    AWS_BACKUP,
    /** This engine, out of a base and the changes after it. */
    COMPACT,
    COPY
  }

  public RunRecord {
    requireNonNull(kind, "kind is null");
    requireNonNull(tableName, "tableName is null");
    requireNonNull(id, "id is null");
    requireNonNull(exportPrefix, "exportPrefix is null");
    requireNonNull(started, "started is null");
    requireNonNull(toolVersion, "toolVersion is null");
    if (!plan.isObject()) {
      throw new IllegalArgumentException("plan is not a JSON object");
    }
    boolean own = RecoveryPoint.ownsFolder(tableName, id, exportPrefix);
    if (VaultKeys.isOwn(exportPrefix) || (kind != Kind.COPY && !own)) {
      throw new IllegalArgumentException("exportPrefix is not the folder of this run");
    }
  }

  /** Whether nothing but this run can have written to its folder. */
  public boolean ownsFolder() {
    return RecoveryPoint.ownsFolder(tableName, id, exportPrefix);
  }

  /** Keys of what a copy writes beside its folder, among the files of others. */
  public List<String> filesBeside() {
    List<String> keys = new ArrayList<>();
    plan.path(FILES_BESIDE).forEach(key -> keys.add(key.asText()));
    return keys;
  }

  /** The lease that whoever works on this run must have. */
  public LeaseName leaseName() {
    return switch (kind) {
      case BACKUP, COMPACT -> LeaseName.backup(tableName);
      case EXPORT -> LeaseName.export(tableName);
      case ON_DEMAND -> LeaseName.onDemand(tableName);
      case AWS_BACKUP -> LeaseName.awsBackup(tableName);
      case COPY -> LeaseName.copy(tableName, id.value());
    };
  }

  byte[] toJson() {
    return toJson(false);
  }

  byte[] toJson(boolean givenUp) {
    return RecordSeal.seal(JsonDocument.writeVersioned(json -> write(json, givenUp)));
  }

  private void write(JsonGenerator json, boolean givenUp) throws IOException {
    json.writeStringField("kind", kind.name());
    json.writeStringField("tableName", tableName);
    json.writeStringField("id", id.value());
    json.writeStringField("exportPrefix", exportPrefix);
    json.writeStringField("started", started.toString());
    json.writeStringField("toolVersion", toolVersion);
    json.writeFieldName("plan");
    json.writeTree(plan);
    if (givenUp) {
      json.writeBooleanField("givenUp", true);
    }
  }

  static RunRecord read(StoredJson stored) {
    return stored.parse(
        "run",
        fields -> {
          RecordSeal.check(stored.content());
          return read(fields, stored.info().key());
        });
  }

  private static RunRecord read(JsonFields fields, String key) {
    RunRecord run =
        new RunRecord(
            fields.constant("kind", Kind.class),
            fields.text("tableName"),
            new RecoveryPointId(fields.text("id")),
            fields.text("exportPrefix"),
            fields.time("started"),
            fields.text("toolVersion"),
            fields.object("plan").node());
    if (!key.equals(VaultKeys.runRecord(run.tableName(), run.id().value()))) {
      throw fields.invalid("id", "and the table's name are not those of the journal's key");
    }
    return run;
  }
}
