// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on what is in a table. */
public final class LiveTableAssert extends AbstractAssert<LiveTableAssert, LiveTable> {
  private static final int SHOWN = 10;

  private LiveTableAssert(LiveTable actual) {
    super(actual, LiveTableAssert.class);
  }

  public static LiveTableAssert assertThat(LiveTable actual) {
    return new LiveTableAssert(actual);
  }

  /** Every item of one table is in the other, with the same attributes down to their text. */
  public LiveTableAssert hasSameItemsAs(LiveTable expected) {
    return hasContents(expected.contents());
  }

  /** The table has what {@link LiveTable#contents} gave. */
  public LiveTableAssert hasContents(SortedMap<String, String> expected) {
    isNotNull();
    SortedMap<String, String> contents = actual.contents();
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> item : expected.entrySet()) {
      @Nullable String found = contents.get(item.getKey());
      if (found == null) {
        differences.add("missing " + item.getKey());
      } else if (!found.equals(item.getValue())) {
        differences.add(
            "different "
                + item.getKey()
                + "\n  expected "
                + item.getValue()
                + "\n  found "
                + found);
      }
    }
    contents.keySet().stream()
        .filter(key -> !expected.containsKey(key))
        .forEach(key -> differences.add("not expected " + key));
    if (!differences.isEmpty()) {
      failWithMessage(
          "table %s has %s differences in %s items:%n%s",
          actual,
          differences.size(),
          expected.size(),
          String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size()))));
    }
    return this;
  }

  public LiveTableAssert hasSize(int expected) {
    isNotNull();
    int size = actual.contents().size();
    if (size != expected) {
      failWithMessage("table %s has %s items instead of %s", actual, size, expected);
    }
    return this;
  }
}
