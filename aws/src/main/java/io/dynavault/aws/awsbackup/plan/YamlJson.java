// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A part of a YAML document that is JSON elsewhere, such as an access policy. */
final class YamlJson {
  private YamlJson() {}

  /** The same as JSON; all plain values are texts, which is what policies have. */
  static String text(Node node) {
    return json(node).toString();
  }

  private static JsonNode json(Node node) {
    if (node instanceof MappingNode map) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (NodeTuple tuple : map.getValue()) {
        object.set(((ScalarNode) tuple.getKeyNode()).getValue(), json(tuple.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode list) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      list.getValue().forEach(element -> array.add(json(element)));
      return array;
    }
    return JsonNodeFactory.instance.textNode(((ScalarNode) node).getValue());
  }
}
