// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.core.json.StoredJson;

/** That a chain has ended, as JSON (docs/format/continuous.md, "Objects"). */
final class ChainEndParser {
  private ChainEndParser() {}

  static byte[] write(ChainEnd end) {
    return Sealed.write(
        json -> {
          json.writeStringField("chain", end.chain().value());
          json.writeStringField("reason", end.reason().name());
          json.writeStringField("detail", end.detail());
          json.writeStringField("completeTo", end.completeTo().toString());
          json.writeStringField("written", end.written().toString());
        });
  }

  static ChainEnd read(StoredJson stored, Chain chain) {
    return Sealed.read(
        stored,
        "end",
        fields ->
            new ChainEnd(
                Sealed.chain(fields, chain),
                fields.constant("reason", ChainEnd.Reason.class),
                fields.text("detail"),
                fields.time("completeTo"),
                fields.time("written")));
  }
}
