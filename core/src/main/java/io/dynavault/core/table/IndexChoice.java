// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.stream.Collectors.joining;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which of a table's secondary indexes a restore creates. */
public sealed interface IndexChoice {

  /**
   * The chosen ones, in the order of the table.
   *
   * @param kind for the message: {@code global} or {@code local}
   */
  List<SecondaryIndex> choose(String kind, List<SecondaryIndex> indexes);

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
    public List<SecondaryIndex> choose(String kind, List<SecondaryIndex> indexes) {
      return List.copyOf(indexes);
    }
  }

  /** The named ones. */
  record Only(Set<String> indexNames) implements IndexChoice {
    public Only {
      indexNames = Set.copyOf(indexNames);
    }

    @Override
    public List<SecondaryIndex> choose(String kind, List<SecondaryIndex> indexes) {
      Set<String> unknown = new TreeSet<>(indexNames);
      indexes.forEach(index -> unknown.remove(index.indexName()));
      if (!unknown.isEmpty()) {
        String known =
            indexes.stream().map(SecondaryIndex::indexName).sorted().collect(joining("', '"));
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
      return indexes.stream().filter(index -> indexNames.contains(index.indexName())).toList();
    }
  }
}
