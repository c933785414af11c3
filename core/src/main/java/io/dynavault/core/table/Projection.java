// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an index holds beside the keys.
 *
 * @param type ALL, KEYS_ONLY or INCLUDE
 * @param nonKeyAttributes for INCLUDE, else empty
 */
public record Projection(String type, List<String> nonKeyAttributes) {
  public Projection {
    requireNonNull(type, "type is null");
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }
}
