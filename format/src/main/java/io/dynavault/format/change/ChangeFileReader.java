// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.item.ChangeKind;
import io.dynavault.format.item.ChangeLine;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one change file of a continuous backup change by change. Key and images are slices of
 * {@link #array()}, which {@link #next} replaces. At the end the file's SHA-256 and number of
 * changes have been checked; changes handed out before that come from bytes not yet proven. Defects
 * are {@link FormatException}s that name file and line; an {@link IOException} comes from the
 * source only. Not safe for several threads.
 */
public final class ChangeFileReader implements AutoCloseable {
  private final DataFileReader lines;
  private final String name;
  private final long changes;
  private final ChangeLine line = new ChangeLine();
  private final TallyCounter counter = new TallyCounter();

  private ChangeFileReader(DataFileReader lines, String name, long changes) {
    this.lines = lines;
    this.name = name;
    this.changes = changes;
  }

  /**
   * Opens a file; the source stays open.
   *
   * @param name how errors call the file
   * @param changes how many it has to have
   * @param sha256 that it has to have, in lower-case hex
   */
  public static ChangeFileReader open(InputStream source, String name, long changes, String sha256)
      throws IOException {
    requireNonNull(name, "name is null");
    DataFileReader lines =
        DataFileReader.openRecords(source, name, Compression.ofFileName(name), sha256);
    return new ChangeFileReader(lines, name, changes);
  }

  /** Moves to the next change; false at the end of a file that is whole. */
  public boolean next() throws IOException {
    if (!lines.next()) {
      if (lines.lineNumber() != changes) {
        throw failure("it has %d changes, in the commit %d".formatted(lines.lineNumber(), changes));
      }
      return false;
    }
    if (lines.lineNumber() > changes) {
      throw failure("it has more changes than the %d of the commit".formatted(changes));
    }
    try {
      line.parse(lines.array(), lines.itemOffset(), lines.itemLength());
      check();
    } catch (FormatException e) {
      throw new FormatException(
          "unable to read change file '%s': line %d: %s"
              .formatted(name, lines.lineNumber(), e.getMessage()),
          e);
    }
    counter.add(kind(), line.timeToLive(), line.writeMicros());
    return true;
  }

  private void check() {
    if (line.eventName() == null || !line.hasSequenceNumber() || line.writeMicros() < 0) {
      throw new FormatException("a change without its time, number or kind");
    }
    boolean whole =
        (kind() == ChangeKind.INSERT || line.oldImage() != null)
            && (kind() == ChangeKind.REMOVE) == (line.newImage() == null);
    if (!whole) {
      throw new FormatException("a change without the images of its " + kind());
    }
  }

  /** The buffer that holds the current change; its content changes with {@link #next}. */
  public byte[] array() {
    return lines.array();
  }

  /** The key of the item that was changed. */
  public ChangeLine.Slice keys() {
    return line.keys();
  }

  /** The item before the change; null if there was none. */
  public ChangeLine.@Nullable Slice oldImage() {
    return line.oldImage();
  }

  /** The item after the change; null if it was removed. */
  public ChangeLine.@Nullable Slice newImage() {
    return line.newImage();
  }

  /** When the change was made, in microseconds of the epoch. */
  public long micros() {
    return line.writeMicros();
  }

  public ChangeKind kind() {
    return requireNonNull(line.eventName(), "no change was read");
  }

  /** Number of the record of the stream. */
  public String sequenceNumber() {
    return requireNonNull(line.sequenceNumber(), "no change was read");
  }

  /** Whether DynamoDB removed the item because it had expired. */
  public boolean timeToLive() {
    return line.timeToLive();
  }

  /** Number of the current change in the file, counted from 1. */
  public long lineNumber() {
    return lines.lineNumber();
  }

  /** What was read so far. */
  public ChangeTally tally() {
    return counter.tally();
  }

  @Override
  public void close() {
    lines.close();
  }

  private FormatException failure(String problem) {
    return new FormatException("unable to read change file '%s': %s".formatted(name, problem));
  }
}
