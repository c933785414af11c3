// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** Everything that is wrong with a document, each with its line. */
final class Problems {
  private final String name;
  private final TreeSet<Problem> problems =
      new TreeSet<>(Comparator.comparingInt(Problem::line).thenComparing(Problem::text));

  private record Problem(int line, String text) {}

  /**
   * @param name what messages call the document
   */
  Problems(String name) {
    this.name = name;
  }

  void add(Node node, String text) {
    problems.add(new Problem(node.getStartMark().getLine() + 1, text));
  }

  /** Throws if there are any. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID,
          problems.stream()
              .map(problem -> "line " + problem.line() + ": " + problem.text())
              .collect(Collectors.joining("; ", "unable to use plan '" + name + "': ", "")),
          "docs/reference/plan-document.md lists all fields");
    }
  }

  /** A document that is not YAML. */
  static DynavaultException unreadable(String name, String reason) {
    return new DynavaultException(
        ErrorCode.CONFIG_INVALID,
        "unable to use plan '" + name + "': " + reason,
        "docs/reference/plan-document.md shows a whole document");
  }
}
