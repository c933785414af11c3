// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.IOException;

/** That a recovery point is a base of a chain, as JSON (docs/format/continuous.md, "Objects"). */
final class BaseParser {
  private BaseParser() {}

  static byte[] write(Base base) {
    return Sealed.write(json -> writeFields(base, json));
  }

  private static void writeFields(Base base, JsonGenerator json) throws IOException {
    json.writeStringField("chain", base.chain().value());
    json.writeStringField("recoveryPoint", base.recoveryPoint().value());
    json.writeNumberField("afterCommit", base.afterCommit());
    if (base.changesSince().isPresent()) {
      json.writeStringField("changesSince", base.changesSince().get().toString());
    }
    json.writeNumberField("completeWith", base.completeWith());
    json.writeStringField("restorableFrom", base.restorableFrom().toString());
  }

  static Base read(StoredJson stored, Chain chain) {
    return Sealed.read(stored, "base", fields -> read(fields, chain, stored.info().key()));
  }

  private static Base read(JsonFields fields, Chain chain, String key) {
    Base base =
        new Base(
            Sealed.chain(fields, chain),
            new RecoveryPointId(fields.text("recoveryPoint")),
            fields.number("afterCommit"),
            fields.optionalTime("changesSince"),
            fields.number("completeWith"),
            fields.time("restorableFrom"));
    if (!key.equals(chain.keys().base(base.recoveryPoint().value()))) {
      throw fields.invalid("recoveryPoint", "is not the one of the key");
    }
    return base;
  }
}
