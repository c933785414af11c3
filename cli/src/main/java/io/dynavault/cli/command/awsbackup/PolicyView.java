// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import java.util.Optional;

/** The access policy of a vault. */
record PolicyView(String vault, String text, Optional<String> policy) implements View {
  @Override
  public void text(Page page) {
    text.lines().forEach(page::line);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("name", vault);
    policy.ifPresent(value -> json.put("policy", value));
    return json;
  }
}
