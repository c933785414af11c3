// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDefinitionParserTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void writesTheGoldenFiles() throws IOException {
    assertThat(written(TestingTables.everything())).isEqualTo(golden("everything"));
    assertThat(written(TestingTables.onDemand())).isEqualTo(golden("on-demand"));
  }

  @Test
  void readsTheGoldenFiles() throws IOException {
    assertThat(TableDefinitionParser.read(JSON.readTree(golden("everything"))))
        .isEqualTo(TestingTables.everything());
    assertThat(TableDefinitionParser.read(JSON.readTree(golden("on-demand"))))
        .isEqualTo(TestingTables.onDemand());
  }

  @Test
  void ignoresFieldsOfLaterVersionsAndNulls() throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(golden("everything"));
    json.put("warmThroughput", 7);
    json.withObject("/settings").put("replicas", "eu-west-1");
    json.putNull("onDemandThroughput");

    assertThat(TableDefinitionParser.read(json)).isEqualTo(TestingTables.everything());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/tableName|null|table definition: 'tableName' is missing",
        "/tableArn|1|table definition: 'tableArn' is not a string",
        "/billingMode|\"FREE\"|'billingMode' is not one that this version knows: FREE",
        "/keySchema|{}|table definition: 'keySchema' is not an array",
        "/keySchema|[]|'keySchema' is not made of HASH and RANGE attributes",
        "/keySchema/0/attributeName|\"other\"|'attributeName' is not among the attribute"
            + " definitions",
        "/keySchema/1/keyType|\"HASH\"|'keySchema' has more than one attribute of a kind",
        "/attributeDefinitions/0|5|attributeDefinitions[0] is not a JSON object",
        "/attributeDefinitions/0/attributeName|\"\"|'attributeName' is empty",
        "/provisionedThroughput/readCapacityUnits|1.5|'readCapacityUnits' is not a whole number",
        "/settings/deletionProtectionEnabled|\"yes\"|'deletionProtectionEnabled' is not true or"
            + " false",
        "/settings/pointInTimeRecoveryDays|0|'pointInTimeRecoveryDays' is not a number of days",
        "/settings/notAnswered/0|1|'notAnswered' is not an array of strings",
        "/settings/tags/team|[]|table definition.settings.tags: 'team' is not a string",
      })
  void namesTheFieldThatIsNotAsItShouldBe(String pointer, String value, String message)
      throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(golden("everything"));
    replace(json, pointer, value);

    assertThatThrownBy(() -> TableDefinitionParser.read(json))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  private static void replace(ObjectNode json, String pointer, String value) throws IOException {
    int slash = pointer.lastIndexOf('/');
    String field = pointer.substring(slash + 1);
    var parent = json.at(pointer.substring(0, slash));
    if (parent instanceof ObjectNode object) {
      object.set(field, JSON.readTree(value));
    } else {
      var array = (ArrayNode) parent;
      if (array.isEmpty()) {
        array.add(JSON.readTree(value));
      } else {
        array.set(Integer.parseInt(field), JSON.readTree(value));
      }
    }
  }

  static String written(TableDefinition table) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      TableDefinitionParser.write(table, json);
    }
    return text + "\n";
  }

  private static String golden(String name) throws IOException {
    String resource = "/golden/table-definition/" + name + ".json";
    try (InputStream in = TableDefinitionParserTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
