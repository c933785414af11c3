// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import java.util.Locale;
import java.util.Optional;

/** What a file of items is written in. */
public enum LoadFormat {
  /** A header and one item a line; as ImportTable reads it. */
  CSV,
  /** Plain JSON: objects in an array or one after the other. */
  JSON,
  /** Lines of items with type descriptors, wrapped in {@code {"Item":…}} or not. */
  DYNAMODB_JSON,
  /** Ion text as exports have it. */
  ION;

  /**
   * The format that a file's name tells, whatever its compression. Plain JSON and DynamoDB JSON
   * share their names: the first is guessed.
   */
  public static Optional<LoadFormat> ofFileName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst|zstd)$", "");
    if (plain.endsWith(".csv")) {
      return Optional.of(CSV);
    }
    if (plain.endsWith(".ion")) {
      return Optional.of(ION);
    }
    return plain.matches(".*\\.(json|jsonl|ndjson)") ? Optional.of(JSON) : Optional.empty();
  }
}
