// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a CSV file is written, in the terms of ImportTable (AWS: CsvOptions).
 *
 * @param delimiter one of comma, tab, colon, semicolon, pipe and blank
 * @param header names of the columns if the file's first line does not have them
 * @param types types of the columns that are key attributes; all others are of type S
 */
public record CsvFormat(
    char delimiter, Optional<List<String>> header, Map<String, ScalarType> types) {
  private static final String DELIMITERS = ",\t:;| ";

  public CsvFormat {
    requireNonNull(header, "header is null");
    header = header.map(List::copyOf);
    types = Map.copyOf(types);
    if (DELIMITERS.indexOf(delimiter) < 0) {
      throw new IllegalArgumentException("delimiter is not one of , tab : ; | blank: " + delimiter);
    }
    header.ifPresent(CsvFormat::requireNames);
  }

  /** A header line, commas, and these types of key attributes. */
  public static CsvFormat of(Map<String, ScalarType> types) {
    return new CsvFormat(',', Optional.empty(), types);
  }

  /** The same with another delimiter. */
  public CsvFormat withDelimiter(char newDelimiter) {
    return new CsvFormat(newDelimiter, header, types);
  }

  /** The same for a file without a header line, whose columns have these names. */
  public CsvFormat withHeader(List<String> names) {
    return new CsvFormat(delimiter, Optional.of(names), types);
  }

  private static void requireNames(List<String> names) {
    if (names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException("header has no names or an empty one: " + names);
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("header has a name twice: " + names);
    }
  }
}
