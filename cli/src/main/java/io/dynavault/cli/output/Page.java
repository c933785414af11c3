// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Text for people, line by line; everything is escaped on the way. */
public final class Page {
  private final Consumer<String> lines;

  Page(Consumer<String> lines) {
    this.lines = lines;
  }

  /** One line. */
  public Page line(String text) {
    lines.accept(Printable.escape(text).stripTrailing());
    return this;
  }

  /** One line from a format and its arguments. */
  public Page line(String format, Object... arguments) {
    return line(String.format(Locale.ROOT, format, arguments));
  }

  public Page blank() {
    lines.accept("");
    return this;
  }

  public Page table(TextTable table) {
    table.lines().forEach(lines);
    return this;
  }

  /** Starts a block of names and values in two columns; {@link Fields#end} prints it. */
  public Fields fields() {
    return new Fields();
  }

  /** A block of names and values in two columns. */
  public final class Fields {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Fields() {}

    public Fields field(String name, String value) {
      values.put(name, value);
      return this;
    }

    public Page end() {
      int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
      values.forEach((name, value) -> line(name + " ".repeat(width - name.length() + 2) + value));
      return Page.this;
    }
  }
}
