// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policy that a data source {@code aws_iam_policy_document} makes of its blocks. */
final class PolicyDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyDocument() {}

  static String json(Map<String, Object> settings) {
    try {
      List<Object> statements = new ArrayList<>();
      for (Object source :
          HclValues.list(settings.getOrDefault("source_policy_documents", List.of()))) {
        statements.addAll(
            HclValues.list(JSON.readValue((String) source, Map.class).get("Statement")));
      }
      for (Object statement : HclValues.list(settings.getOrDefault("statement", List.of()))) {
        statements.add(statement((Map<?, ?>) statement));
      }
      return JSON.writeValueAsString(Map.of("Version", "2012-10-17", "Statement", statements));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(settings.toString(), e);
    }
  }

  private static Map<String, Object> statement(Map<?, ?> block) {
    Map<String, Object> statement = new LinkedHashMap<>();
    if (block.containsKey("sid")) {
      statement.put("Sid", block.get("sid"));
    }
    statement.put("Effect", block.containsKey("effect") ? block.get("effect") : "Allow");
    statement.put("Action", block.get("actions"));
    if (block.containsKey("resources")) {
      statement.put("Resource", block.get("resources"));
    }
    for (Map<?, ?> principals : blocks(block, "principals")) {
      Object type = principals.get("type");
      statement.put(
          "Principal", type.equals("*") ? "*" : Map.of(type, principals.get("identifiers")));
    }
    Map<String, Map<Object, Object>> conditions = new LinkedHashMap<>();
    for (Map<?, ?> condition : blocks(block, "condition")) {
      conditions
          .computeIfAbsent((String) condition.get("test"), test -> new LinkedHashMap<>())
          .put(condition.get("variable"), condition.get("values"));
    }
    if (!conditions.isEmpty()) {
      statement.put("Condition", conditions);
    }
    return statement;
  }

  private static List<Map<?, ?>> blocks(Map<?, ?> block, String type) {
    List<Map<?, ?>> blocks = new ArrayList<>();
    if (block.containsKey(type)) {
      HclValues.list(block.get(type)).forEach(nested -> blocks.add((Map<?, ?>) nested));
    }
    return blocks;
  }
}
