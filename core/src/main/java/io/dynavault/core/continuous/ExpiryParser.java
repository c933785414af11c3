// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import java.io.IOException;

/** What has expired of a chain, as JSON (docs/format/continuous.md, "Objects"). */
final class ExpiryParser {
  private ExpiryParser() {}

  static byte[] write(Expiry expiry) {
    return Sealed.write(json -> writeFields(expiry, json));
  }

  private static void writeFields(Expiry expiry, JsonGenerator json) throws IOException {
    json.writeStringField("chain", expiry.chain().value());
    json.writeNumberField("throughCommit", expiry.throughCommit());
    json.writeStringField("completeFrom", expiry.completeFrom().toString());
    json.writeStringField("written", expiry.written().toString());
  }

  static Expiry read(StoredJson stored, Chain chain) {
    return Sealed.read(stored, "expiry", fields -> read(fields, chain, stored.info().key()));
  }

  private static Expiry read(JsonFields fields, Chain chain, String key) {
    Expiry expiry =
        new Expiry(
            Sealed.chain(fields, chain),
            fields.number("throughCommit"),
            fields.time("completeFrom"),
            fields.time("written"));
    if (!key.equals(chain.keys().expired(expiry.throughCommit()))) {
      throw fields.invalid("throughCommit", "is not the one of the key");
    }
    return expiry;
  }
}
