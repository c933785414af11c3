// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import java.util.UUID;

/** {@code vault.json} (docs/format/vault.md). */
final class VaultConfigParser {
  private VaultConfigParser() {}

  static byte[] write(VaultConfig config) {
    return JsonDocument.writeVersioned(
        json -> {
          json.writeStringField("id", config.id().toString());
          json.writeStringField("name", config.name());
          json.writeStringField("created", config.created().toString());
          RecoveryPointParser.writeTags(config.tags(), json);
          json.writeStringField("toolVersion", config.toolVersion());
        });
  }

  static VaultConfig read(StoredJson stored) {
    return stored.parse("vault.json", VaultConfigParser::read);
  }

  private static VaultConfig read(JsonFields fields) {
    return new VaultConfig(
        UUID.fromString(fields.text("id")),
        fields.text("name"),
        fields.time("created"),
        fields.textMap("tags"),
        fields.text("toolVersion"));
  }
}
