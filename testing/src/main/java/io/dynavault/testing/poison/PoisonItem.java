// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.poison;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** An item in DynamoDB JSON and what is special about it. */
public record PoisonItem(String name, String json) {
  public PoisonItem {
    requireNonNull(name, "name is null");
    requireNonNull(json, "json is null");
  }

  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
