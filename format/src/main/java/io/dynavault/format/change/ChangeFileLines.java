// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.item.ChangeKind;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of one change file, whose SHA-256 and number are checked at its end. */
final class ChangeFileLines implements AutoCloseable {
  private final DataFileReader lines;
  private final String name;
  private final long changes;

  private ChangeFileLines(DataFileReader lines, String name, long changes) {
    this.lines = lines;
    this.name = name;
    this.changes = changes;
  }

  /** As {@link ChangeFileReader#open}. */
  static ChangeFileLines open(InputStream source, String name, long changes, String sha256)
      throws IOException {
    requireNonNull(name, "name is null");
    return new ChangeFileLines(
        DataFileReader.openRecords(source, name, Compression.ofFileName(name), sha256),
        name,
        changes);
  }

  /** Moves to the next line; false at the end of a file that is whole. */
  boolean next() throws IOException {
    if (!lines.next()) {
      if (lines.lineNumber() != changes) {
        throw failure("it has %d changes, in the commit %d".formatted(lines.lineNumber(), changes));
      }
      return false;
    }
    if (lines.lineNumber() > changes) {
      throw failure("it has more changes than the %d of the commit".formatted(changes));
    }
    return true;
  }

  /** Sees that a change says what every change has to say. */
  static void requireMetadata(@Nullable ChangeKind kind, boolean hasNumber, long micros) {
    if (kind == null || !hasNumber || micros < 0) {
      throw new FormatException("a change without its time, number or kind");
    }
  }

  /** What is wrong with a change that has not the images that its kind has. */
  static FormatException withoutImages(ChangeKind kind) {
    return new FormatException("a change without the images of its " + kind);
  }

  byte[] array() {
    return lines.array();
  }

  int offset() {
    return lines.itemOffset();
  }

  int length() {
    return lines.itemLength();
  }

  long number() {
    return lines.lineNumber();
  }

  /** What is wrong with the current line. */
  FormatException failure(FormatException cause) {
    return new FormatException(
        "unable to read change file '%s': line %d: %s"
            .formatted(name, lines.lineNumber(), cause.getMessage()),
        cause);
  }

  private FormatException failure(String problem) {
    return new FormatException("unable to read change file '%s': %s".formatted(name, problem));
  }

  @Override
  public void close() {
    lines.close();
  }
}
