// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;

/** A definition's way through the commit record. */
final class DefinitionJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DefinitionJson() {}

  static TableDefinition writeAndRead(TableDefinition definition) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      TableDefinitionParser.write(definition, json);
    }
    return TableDefinitionParser.read(JSON.readTree(text.toString()));
  }
}
