// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How CSV files are read (AWS: CsvOptions).
 *
 * @param delimiter between columns; empty is a comma
 * @param header names of the columns; none where the first line of each file has them
 */
public record CsvColumns(Optional<Character> delimiter, List<String> header) {
  private static final int MOST = 255;
  private static final String DELIMITERS = ",;:|\t ";

  public CsvColumns {
    requireNonNull(delimiter, "delimiter is null");
    header = List.copyOf(header);
    if (header.size() > MOST) {
      throw new IllegalArgumentException("header has more than 255 names");
    }
    if (delimiter.filter(character -> DELIMITERS.indexOf(character) < 0).isPresent()) {
      throw new IllegalArgumentException("delimiter is none of , ; : | tab and blank");
    }
  }

  /** A comma, and names in the first line. */
  public static CsvColumns defaults() {
    return new CsvColumns(Optional.empty(), List.of());
  }

  /** Whether anything is other than AWS takes it by itself. */
  boolean areGiven() {
    return delimiter.isPresent() || !header.isEmpty();
  }
}
