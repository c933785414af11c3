// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes items as CSV with a header line. Text, numbers and booleans are plain, binary is Base64,
 * null is {@code null}, and lists, maps and sets are plain JSON. An attribute that an item does not
 * have is an empty column, as is empty text: CSV does not tell them apart.
 */
public final class CsvItemWriter implements Closeable {
  private final Set<String> columns;
  private final Set<String> omitted = new TreeSet<>();
  private final CsvWriter writer;

  /** Writes the header to the stream, which it closes. */
  public CsvItemWriter(OutputStream out, char delimiter, List<String> columns) {
    requireNonNull(out, "out is null");
    this.columns = new LinkedHashSet<>(columns);
    if (this.columns.size() != columns.size()) {
      throw new IllegalArgumentException("column name twice: " + columns);
    }
    writer =
        CsvWriter.builder()
            .fieldSeparator(delimiter)
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(new QuoteByteOrderMarks())
            .build(out);
    writer.writeRecord(columns);
  }

  /** All attribute names of the items: those of the key first, then as they come. */
  public static List<String> columns(KeySchema schema, Iterable<Item> items) {
    Set<String> names = new LinkedHashSet<>();
    names.add(schema.partitionKey().name());
    schema.sortKey().ifPresent(sort -> names.add(sort.name()));
    items.forEach(item -> names.addAll(item.attributes().keySet()));
    return List.copyOf(names);
  }

  /** Writes one line. */
  public void write(Item item) throws IOException {
    List<String> fields = new ArrayList<>(columns.size());
    for (String column : columns) {
      fields.add(item.attribute(column).map(CsvItemWriter::field).orElse(""));
    }
    for (String name : item.attributes().keySet()) {
      if (!columns.contains(name)) {
        omitted.add(name);
      }
    }
    try {
      writer.writeRecord(fields);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Attributes of the items written so far for which there is no column, so that users learn. */
  public Set<String> omittedAttributes() {
    return Collections.unmodifiableSet(omitted);
  }

  private static String field(Value value) {
    if (value instanceof Value.S string) {
      return Utf8.requireEncodable(string.value());
    }
    if (value instanceof Value.B binary) {
      return Base64.getEncoder().encodeToString(binary.value());
    }
    JsonBuffer json = new JsonBuffer();
    PlainJson.encode(value, json);
    return json.toString();
  }

  /** Readers would take U+FEFF at the start of the file for a byte order mark. */
  private static final class QuoteByteOrderMarks implements QuoteStrategy {
    @Override
    public boolean quoteValue(int lineNumber, int fieldIndex, String value) {
      return value.startsWith("\uFEFF");
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
