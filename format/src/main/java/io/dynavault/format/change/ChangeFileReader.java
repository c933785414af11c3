// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
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
  private final ChangeFileLines lines;
  private final ChangeLine line = new ChangeLine();
  private final TallyCounter counter = new TallyCounter();

  private ChangeFileReader(ChangeFileLines lines) {
    this.lines = lines;
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
    return new ChangeFileReader(ChangeFileLines.open(source, name, changes, sha256));
  }

  /** Moves to the next change; false at the end of a file that is whole. */
  public boolean next() throws IOException {
    if (!lines.next()) {
      return false;
    }
    try {
      line.parse(lines.array(), lines.offset(), lines.length());
      check();
    } catch (FormatException e) {
      throw lines.failure(e);
    }
    counter.add(kind(), line.timeToLive(), line.writeMicros());
    return true;
  }

  private void check() {
    ChangeFileLines.requireMetadata(line.eventName(), line.hasSequenceNumber(), line.writeMicros());
    boolean whole =
        (kind() == ChangeKind.INSERT || line.oldImage() != null)
            && (kind() == ChangeKind.REMOVE) == (line.newImage() == null);
    if (!whole) {
      throw ChangeFileLines.withoutImages(kind());
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
    return lines.number();
  }

  /** What was read so far. */
  public ChangeTally tally() {
    return counter.tally();
  }

  @Override
  public void close() {
    lines.close();
  }
}
