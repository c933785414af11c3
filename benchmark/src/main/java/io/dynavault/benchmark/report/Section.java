// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What a row has to say.
 *
 * @param name of the row, as {@code --only} takes it
 * @param findings figures with goals
 * @param details a table of what they come from, its head first; may be empty
 */
public record Section(
    String name, String title, List<Finding> findings, List<List<String>> details) {
  public Section {
    requireNonNull(name, "name is null");
    requireNonNull(title, "title is null");
    findings = List.copyOf(findings);
    details = details.stream().map(List::copyOf).toList();
  }

  /** As text of a page. */
  public String markdown(String measuredOn) {
    List<String> lines = new ArrayList<>();
    lines.add("### " + title);
    lines.add("");
    lines.add(measuredOn);
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "goal", "measured", "reached"));
    findings.forEach(
        f -> rows.add(List.of(f.subject(), f.goal(), f.measured(), f.reached() ? "yes" : "no")));
    lines.addAll(table(rows));
    if (!details.isEmpty()) {
      lines.add("");
      lines.addAll(table(details));
    }
    return String.join("\n", lines);
  }

  private static List<String> table(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add("| " + String.join(" | ", row) + " |");
      if (lines.size() == 1) {
        lines.add("|" + "---|".repeat(row.size()));
      }
    }
    return lines;
  }
}
