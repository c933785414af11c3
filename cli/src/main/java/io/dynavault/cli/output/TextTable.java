// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lines of aligned columns with headings, separated by two blanks. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private record Column(String heading, Side side) {}

  private enum Side {
    LEFT,
    RIGHT
  }

  private TextTable(List<Column> columns) {
    this.columns = columns;
  }

  /** A table with these headings; one that starts with {@code >} is of a column of numbers. */
  public static TextTable of(String... headings) {
    List<Column> columns = new ArrayList<>();
    for (String heading : headings) {
      boolean right = heading.startsWith(">");
      columns.add(
          new Column(right ? heading.substring(1) : heading, right ? Side.RIGHT : Side.LEFT));
    }
    return new TextTable(List.copyOf(columns));
  }

  /** Adds a row with one cell per column. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "row has " + cells.length + " cells, table has " + columns.size() + " columns");
    }
    rows.add(List.of(cells).stream().map(Printable::escape).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table as lines without blanks at their ends. */
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(columns.stream().map(Column::heading).toList());
    all.addAll(rows);
    int[] widths = new int[columns.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String padding = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(columns.get(column).side() == Side.RIGHT ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
