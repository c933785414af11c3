// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.DataFile;

/** JSON of {@link FileState} in a run's journal. */
final class FileStateParser {
  private FileStateParser() {}

  static JsonNode toJson(FileState state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("segment", state.segment());
    state.startKey().ifPresent(key -> json.put("startKey", key));
    state.endKey().ifPresent(key -> json.put("endKey", key));
    json.put("itemBytes", state.itemBytes());
    json.put("itemCount", state.dataFile().itemCount());
    json.put("md5Checksum", state.dataFile().md5Checksum());
    json.put("etag", state.dataFile().etag());
    json.put("dataFileS3Key", state.dataFile().dataFileS3Key());
    json.put("key", state.stored().key());
    json.put("size", state.stored().size());
    json.put("sha256", state.stored().checksum().value());
    return json;
  }

  static FileState fromJson(JsonNode node) {
    JsonFields json = new JsonFields("state of a data file", node);
    long itemCount = json.number("itemCount");
    return new FileState(
        Math.toIntExact(json.number("segment")),
        json.optionalText("startKey"),
        json.optionalText("endKey"),
        json.number("itemBytes"),
        new DataFile(
            itemCount, json.text("md5Checksum"), json.text("etag"), json.text("dataFileS3Key")),
        new StoredFile(json.text("key"), json.number("size"), json.text("sha256"), itemCount));
  }
}
