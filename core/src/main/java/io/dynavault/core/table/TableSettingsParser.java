// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The {@code settings} object of a table definition in JSON. */
final class TableSettingsParser {
  private TableSettingsParser() {}

  static void write(TableSettings settings, JsonGenerator json) throws IOException {
    json.writeStartObject();
    writeText("timeToLiveAttribute", settings.timeToLiveAttribute(), json);
    writeText("streamViewType", settings.streamViewType(), json);
    writeText("sseType", settings.sseType(), json);
    writeText("kmsMasterKeyArn", settings.kmsMasterKeyArn(), json);
    writeText("tableClass", settings.tableClass(), json);
    json.writeBooleanField("deletionProtectionEnabled", settings.deletionProtection());
    json.writeObjectFieldStart("tags");
    for (Map.Entry<String, String> tag : new TreeMap<>(settings.tags()).entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
    if (settings.pointInTimeRecoveryDays().isPresent()) {
      json.writeNumberField(
          "pointInTimeRecoveryDays", settings.pointInTimeRecoveryDays().getAsInt());
    }
    writeText("resourcePolicy", settings.resourcePolicy(), json);
    writeText("autoScaling", settings.autoScaling(), json);
    json.writeArrayFieldStart("notAnswered");
    for (String name : settings.notAnswered()) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static TableSettings read(JsonFields fields) {
    return new TableSettings(
        fields.optionalText("timeToLiveAttribute"),
        fields.optionalText("streamViewType"),
        fields.optionalText("sseType"),
        fields.optionalText("kmsMasterKeyArn"),
        fields.optionalText("tableClass"),
        fields.flag("deletionProtectionEnabled"),
        fields.textMap("tags"),
        days(fields),
        fields.optionalText("resourcePolicy"),
        fields.optionalText("autoScaling"),
        fields.texts("notAnswered"));
  }

  private static OptionalInt days(JsonFields fields) {
    OptionalLong days = fields.optionalNumber("pointInTimeRecoveryDays");
    if (days.isEmpty()) {
      return OptionalInt.empty();
    }
    if (days.getAsLong() < 1 || days.getAsLong() > Integer.MAX_VALUE) {
      throw fields.invalid("pointInTimeRecoveryDays", "is not a number of days");
    }
    return OptionalInt.of((int) days.getAsLong());
  }

  private static void writeText(String name, Optional<String> text, JsonGenerator json)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }
}
