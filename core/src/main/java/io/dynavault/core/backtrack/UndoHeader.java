// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.format.FormatException;
import java.time.Instant;
import java.util.Optional;

/**
 * The first line of an undo file.
 *
 * @param tableArn of the table that was written
 * @param created when the run began
 * @param toTime what the table was rolled back to; empty where something was undone
 * @param toolVersion version that wrote it
 */
public record UndoHeader(
    String tableName,
    String tableArn,
    Instant created,
    Optional<Instant> toTime,
    String toolVersion) {
  private static final String CONTENT = "UNDO";

  public UndoHeader {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(tableArn, "tableArn is null");
    requireNonNull(created, "created is null");
    requireNonNull(toTime, "toTime is null");
    requireNonNull(toolVersion, "toolVersion is null");
  }

  byte[] encode() {
    return JsonDocument.writeVersioned(
        json -> {
          json.writeStringField("content", CONTENT);
          json.writeStringField("tableName", tableName);
          json.writeStringField("tableArn", tableArn);
          json.writeStringField("created", created.toString());
          if (toTime.isPresent()) {
            json.writeStringField("toTime", toTime.get().toString());
          }
          json.writeStringField("toolVersion", toolVersion);
        });
  }

  /**
   * Reads what {@link #encode} has written.
   *
   * @throws FormatException if it is anything else
   */
  static UndoHeader decode(byte[] line) {
    JsonFields fields = JsonDocument.readVersioned("the first line", line);
    if (!fields.text("content").equals(CONTENT)) {
      throw fields.invalid("content", "is not that of an undo file");
    }
    return new UndoHeader(
        fields.text("tableName"),
        fields.text("tableArn"),
        fields.time("created"),
        fields.optionalTime("toTime"),
        fields.text("toolVersion"));
  }
}
