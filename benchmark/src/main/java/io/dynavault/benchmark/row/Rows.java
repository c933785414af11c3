// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import java.util.List;
import java.util.stream.Collectors;

/** All rows, in their order. */
public final class Rows {
  private static final List<Row> ALL =
      List.of(
          new BackupRow(),
          new RestoreRow(),
          new ShapesRow(),
          new MemoryRow(),
          new StartRow(),
          new CapacityRow(),
          new GrowthRow(),
          new ContinuousRow(),
          new LocalRow());

  private Rows() {}

  /**
   * The rows of these names, or all.
   *
   * @throws IllegalArgumentException for a name that no row has
   */
  public static List<Row> named(List<String> names) {
    List<String> known = ALL.stream().map(Row::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "no row '%s': there are %s"
                .formatted(name, known.stream().collect(Collectors.joining(", "))));
      }
    }
    return ALL.stream().filter(row -> names.isEmpty() || names.contains(row.name())).toList();
  }
}
