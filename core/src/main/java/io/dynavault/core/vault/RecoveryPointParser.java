// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.table.TableDefinitionParser;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.VaultKeys;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The record of a recovery point as JSON (docs/format/vault.md, "The record"). */
public final class RecoveryPointParser {
  private RecoveryPointParser() {}

  /** Writes the record. The same recovery point gives the same bytes. */
  public static byte[] write(RecoveryPoint point) {
    return RecordSeal.seal(JsonDocument.writeVersioned(json -> writeFields(point, json)));
  }

  /**
   * Reads a record that was stored under its key.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} or {@code
   *     FORMAT_UNSUPPORTED}, with the key
   */
  public static RecoveryPoint read(StoredJson stored) {
    return readSealed(stored, "record", stored.info().key());
  }

  /** Reads the copy of a record that a deletion keeps as its journal. */
  public static RecoveryPoint readDeletion(StoredJson stored) {
    String record =
        VaultKeys.parseDeletion(stored.info().key())
            .map(key -> ObjectKeys.recoveryPoint(key.table(), key.id()))
            .orElseThrow(() -> new IllegalArgumentException("not the journal of a deletion"));
    return readSealed(stored, "journal of a deletion", record);
  }

  private static RecoveryPoint readSealed(StoredJson stored, String what, String key) {
    return stored.parse(
        what,
        fields -> {
          RecordSeal.check(stored.content());
          return read(fields, key);
        });
  }

  static void writeTags(Map<String, String> tags, JsonGenerator json) throws IOException {
    if (tags.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("tags");
    for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
  }

  private static void writeFields(RecoveryPoint point, JsonGenerator json) throws IOException {
    json.writeStringField("id", point.id().value());
    json.writeStringField("method", point.method().name());
    json.writeStringField("startTime", point.startTime().toString());
    json.writeStringField("endTime", point.endTime().toString());
    PointContentParser.write(point.content(), json);
    json.writeStringField("consistency", point.consistency().name());
    json.writeBooleanField("filtered", point.filtered());
    if (point.deleteAfter().isPresent()) {
      json.writeStringField("deleteAfter", point.deleteAfter().get().toString());
    }
    writeTags(point.tags(), json);
    json.writeStringField("toolVersion", point.toolVersion());
    json.writeFieldName("table");
    TableDefinitionParser.write(point.table(), json);
  }

  private static RecoveryPoint read(JsonFields fields, String key) {
    Method method = fields.constant("method", Method.class);
    RecoveryPoint point =
        new RecoveryPoint(
            new RecoveryPointId(fields.text("id")),
            method,
            TableDefinitionParser.read(fields.object("table").node()),
            fields.time("startTime"),
            fields.time("endTime"),
            PointContentParser.read(fields, method),
            fields.constant("consistency", RecoveryPoint.Consistency.class),
            fields.requiredFlag("filtered"),
            fields.optionalTime("deleteAfter"),
            fields.textMap("tags"),
            fields.text("toolVersion"));
    if (!key.equals(ObjectKeys.recoveryPoint(point.table().tableName(), point.id().value()))) {
      throw fields.invalid("id", "and the table's name are not those of the record's key");
    }
    return point;
  }
}
