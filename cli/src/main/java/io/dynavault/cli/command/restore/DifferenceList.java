// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.core.compare.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first differences of each table, for the report of a validation. Safe for several threads.
 */
final class DifferenceList {
  /** More than anybody looks through; the counts are of all. */
  static final int MOST = 10_000;

  private final Map<String, List<Difference>> tables = new HashMap<>();

  synchronized void add(String tableName, Difference difference) {
    List<Difference> list = tables.computeIfAbsent(tableName, name -> new ArrayList<>());
    if (list.size() < MOST) {
      list.add(difference);
    }
  }

  synchronized List<Difference> of(String tableName) {
    return List.copyOf(tables.getOrDefault(tableName, List.of()));
  }
}
