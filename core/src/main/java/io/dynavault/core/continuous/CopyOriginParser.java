// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import java.util.UUID;

/** That a chain is a copy, as JSON (docs/format/continuous.md, "Objects"). */
final class CopyOriginParser {
  private CopyOriginParser() {}

  static byte[] write(CopyOrigin origin) {
    return Sealed.write(
        json -> {
          json.writeStringField("chain", origin.chain().value());
          json.writeStringField("vault", origin.vault().toString());
          json.writeStringField("vaultName", origin.vaultName());
          json.writeStringField("written", origin.written().toString());
        });
  }

  static CopyOrigin read(StoredJson stored, Chain chain) {
    return Sealed.read(
        stored,
        "copied",
        fields ->
            new CopyOrigin(
                Sealed.chain(fields, chain),
                vault(fields),
                fields.text("vaultName"),
                fields.time("written")));
  }

  private static UUID vault(JsonFields fields) {
    try {
      return UUID.fromString(fields.text("vault"));
    } catch (IllegalArgumentException e) {
      throw fields.invalid("vault", "is not the id of a vault");
    }
  }
}
