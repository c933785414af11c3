// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads items from CSV as ImportTable does (DynamoDB Developer Guide, "Import formats"): empty
 * columns are left out of the item, quotes in a value are doubled and the value is quoted.
 */
public final class CsvItemReader implements ItemReader {
  private final BoundedText text;
  private final CsvFormat format;
  private final CsvReader<CsvLine> reader;
  private final CloseableIterator<CsvLine> lines;
  private @Nullable List<String> header;
  private long line;

  /** Reads from the stream, which it closes. */
  public CsvItemReader(InputStream in, CsvFormat format) throws IOException {
    this.format = requireNonNull(format, "format is null");
    text = BoundedText.of(in);
    reader =
        CsvReader.builder()
            .fieldSeparator(format.delimiter())
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(BoundedText.MAX_ITEM_CHARACTERS)
            .build(new CsvLine.Handler(), text);
    lines = reader.iterator();
    header = format.header().orElse(null);
  }

  @Override
  public Optional<Item> next() throws IOException {
    try {
      if (header == null) {
        Optional<CsvLine> first = nextLine();
        if (first.isEmpty()) {
          return Optional.empty();
        }
        header = names(first.get());
      }
      List<String> names = header;
      Optional<CsvLine> next = nextLine();
      return next.isEmpty() ? Optional.empty() : Optional.of(item(names, next.get()));
    } catch (FormatException e) {
      throw new FormatException("unable to read line " + line + ": " + e.getMessage());
    }
  }

  private Optional<CsvLine> nextLine() throws IOException {
    text.nextItem();
    try {
      if (!lines.hasNext()) {
        return Optional.empty();
      }
      CsvLine next = lines.next();
      line = next.number();
      return Optional.of(next);
    } catch (CsvParseException e) {
      line++;
      throw withoutText(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What the parser says may quote the text, and values must not reach logs. */
  private static FormatException withoutText(CsvParseException e) throws IOException {
    if (e.getCause() instanceof FormatException cause) {
      return cause;
    }
    if (e.getCause() instanceof UncheckedIOException cause) {
      throw cause.getCause();
    }
    return new FormatException("a quote is not escaped or not closed");
  }

  private static List<String> names(CsvLine first) {
    List<String> names = first.fields();
    if (names.contains("")) {
      throw new FormatException("header has a column without a name");
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new FormatException("header has a column name twice");
    }
    return names;
  }

  private Item item(List<String> names, CsvLine next) {
    List<String> fields = next.fields();
    if (fields.size() != names.size()) {
      throw new FormatException(fields.size() + " columns where the header has " + names.size());
    }
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).isEmpty()) {
        attributes.put(names.get(i), value(names.get(i), fields.get(i)));
      }
    }
    return new Item(attributes);
  }

  private Value value(String name, String field) {
    try {
      return switch (format.types().getOrDefault(name, ScalarType.S)) {
        case S -> new Value.S(field);
        case N -> {
          DecimalScanner.canonical(field); // for its checks; the text is kept
          yield new Value.N(field);
        }
        case B -> new Value.B(Base64.getDecoder().decode(field));
      };
    } catch (FormatException e) {
      throw new FormatException("column '" + name + "': " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new FormatException("column '" + name + "': not Base64");
    }
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
