// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What DynamoDB demands of a set: at least one element, and none twice. */
final class SetElements {
  private SetElements() {}

  /**
   * What is wrong with the elements, or null.
   *
   * @param identity what makes two elements the same for DynamoDB
   */
  static <T> @Nullable String flaw(List<T> elements, Function<T, ?> identity) {
    if (elements.isEmpty()) {
      return "empty set";
    }
    Set<Object> seen = new HashSet<>();
    for (T element : elements) {
      if (!seen.add(identity.apply(element))) {
        return "element of a set comes twice";
      }
    }
    return null;
  }
}
