// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a restore may and must make of its table.
 *
 * @param before the items that the table had
 * @param point the items of the recovery point
 */
record RestoreExpectation(
    UseCase useCase, SortedMap<String, String> before, SortedMap<String, String> point) {

  /** The table after a restore that has ended well. */
  SortedMap<String, String> wanted() {
    SortedMap<String, String> wanted = new TreeMap<>();
    switch (useCase) {
      case RESTORE_OVERWRITE -> {
        wanted.putAll(before);
        wanted.putAll(point);
      }
      case RESTORE_SKIP, RESTORE_FAIL -> {
        wanted.putAll(point);
        wanted.putAll(before);
      }
      default -> wanted.putAll(point);
    }
    return wanted;
  }

  /** Half done or not, nothing is there that should not, and what is to be left alone is there. */
  void check(SortedMap<String, String> now) {
    now.forEach(
        (key, item) ->
            assertThat(item)
                .as("an item that neither the table nor the recovery point had")
                .isIn(point.getOrDefault(key, ""), before.getOrDefault(key, "")));
    before.forEach(
        (key, item) -> {
          if (isLeftAlone(key, item)) {
            assertThat(now.get(key)).as("an item that is to be left alone").isEqualTo(item);
          }
        });
  }

  private boolean isLeftAlone(String key, String item) {
    return switch (useCase) {
      case RESTORE_SKIP, RESTORE_FAIL -> true;
      case RESTORE_OVERWRITE -> !point.containsKey(key);
      case RESTORE_IDENTICAL -> item.equals(point.get(key));
      default -> false;
    };
  }
}
