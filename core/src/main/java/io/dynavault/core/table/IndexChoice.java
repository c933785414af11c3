// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.stream.Collectors.joining;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Which of a table's secondary indexes a restore creates. */
public sealed interface IndexChoice {

  /**
   * The chosen ones, in the order of the table.
   *
   * @param kind for the message: {@code global} or {@code local}
   */
  default List<SecondaryIndex> choose(String kind, List<SecondaryIndex> indexes) {
    return choose(kind, indexes, SecondaryIndex::indexName);
  }

  /** The same for indexes of another type, which have names too. */
  <T> List<T> choose(String kind, List<T> indexes, Function<T, String> name);

  static IndexChoice all() {
    return new All();
  }

  static IndexChoice none() {
    return new Only(Set.of());
  }

  static IndexChoice only(Set<String> indexNames) {
    return new Only(indexNames);
  }

  /** Every index. */
  record All() implements IndexChoice {
    @Override
    public <T> List<T> choose(String kind, List<T> indexes, Function<T, String> name) {
      return List.copyOf(indexes);
    }
  }

  /** The named ones. */
  record Only(Set<String> indexNames) implements IndexChoice {
    public Only {
      indexNames = Set.copyOf(indexNames);
    }

    @Override
    public <T> List<T> choose(String kind, List<T> indexes, Function<T, String> name) {
      Set<String> unknown = new TreeSet<>(indexNames);
      indexes.forEach(index -> unknown.remove(name.apply(index)));
      if (!unknown.isEmpty()) {
        String known = indexes.stream().map(name).sorted().collect(joining("', '"));
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to choose "
                + kind
                + " index '"
                + String.join("', '", unknown)
                + "': no such index",
            known.isEmpty()
                ? "the table has no " + kind + " index"
                : "the table has '" + known + "'");
      }
      return indexes.stream().filter(index -> indexNames.contains(name.apply(index))).toList();
    }
  }
}
