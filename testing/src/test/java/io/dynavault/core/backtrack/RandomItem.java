// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import java.util.List;
import java.util.Random;

/** Items of a few shapes, so that some differ in their types and in what they lack. */
final class RandomItem {
  private RandomItem() {}

  static String of(String key, Random random) {
    StringBuilder item = new StringBuilder("{\"id\":{\"S\":\"" + key + "\"}");
    for (String name : List.of("a", "b", "c")) {
      switch (random.nextInt(4)) {
        case 0 -> item.append(",\"%s\":{\"N\":\"%d\"}".formatted(name, random.nextInt(3)));
        case 1 ->
            item.append(",\"%s\":{\"SS\":[\"y\",\"x%d\"]}".formatted(name, random.nextInt(3)));
        case 2 ->
            item.append(
                ",\"%s\":{\"M\":{\"deep\":{\"L\":[{\"NULL\":true},{\"N\":\"%d\"}]}}}"
                    .formatted(name, random.nextInt(3)));
        default -> {}
      }
    }
    return item.append('}').toString();
  }
}
