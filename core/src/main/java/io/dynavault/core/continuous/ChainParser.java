// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.table.TableDefinitionParser;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.IOException;

/** What a chain is, as JSON (docs/format/continuous.md, "Objects"). */
final class ChainParser {
  private ChainParser() {}

  static byte[] write(Chain chain) {
    return Sealed.write(json -> writeFields(chain, json));
  }

  private static void writeFields(Chain chain, JsonGenerator json) throws IOException {
    json.writeStringField("id", chain.id().value());
    json.writeStringField("streamArn", chain.streamArn());
    json.writeStringField("started", chain.started().toString());
    PositionsParser.write(chain.positions(), json);
    json.writeStringField("toolVersion", chain.toolVersion());
    json.writeFieldName("table");
    TableDefinitionParser.write(chain.table(), json);
  }

  static Chain read(StoredJson stored) {
    return Sealed.read(stored, "chain", fields -> read(fields, stored.info().key()));
  }

  private static Chain read(JsonFields fields, String key) {
    Chain chain =
        new Chain(
            new RecoveryPointId(fields.text("id")),
            TableDefinitionParser.read(fields.object("table").node()),
            fields.text("streamArn"),
            fields.time("started"),
            PositionsParser.read(fields),
            fields.text("toolVersion"));
    if (!key.equals(chain.keys().description())) {
      throw fields.invalid("id", "and the table's name are not those of the key");
    }
    return chain;
  }
}
