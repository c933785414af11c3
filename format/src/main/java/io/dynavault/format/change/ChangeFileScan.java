// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ChangeKind;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.ChangeScan;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one change file of a continuous backup for those who want a few of its images: an image is
 * checked if it is asked for, and the bytes of all of the file by their SHA-256. Beside that the
 * rules of {@link ChangeFileReader} hold, which checks everything. Not safe for several threads.
 */
public final class ChangeFileScan implements AutoCloseable {
  private final ChangeFileLines lines;
  private final ChangeScan line = new ChangeScan();

  private ChangeFileScan(ChangeFileLines lines) {
    this.lines = lines;
  }

  /** Opens a file, as {@link ChangeFileReader#open}. */
  public static ChangeFileScan open(InputStream source, String name, long changes, String sha256)
      throws IOException {
    return new ChangeFileScan(ChangeFileLines.open(source, name, changes, sha256));
  }

  /** Moves to the next change; false at the end of a file that is whole. */
  public boolean next() throws IOException {
    if (!lines.next()) {
      return false;
    }
    try {
      line.read(lines.array(), lines.offset(), lines.length());
      ChangeFileLines.requireMetadata(line.kind(), line.hasSequenceNumber(), line.micros());
    } catch (FormatException e) {
      throw lines.failure(e);
    }
    return true;
  }

  /** The buffer that holds the current change; its content changes with {@link #next}. */
  public byte[] array() {
    return lines.array();
  }

  /** The key of the item that was changed. */
  public ChangeLine.Slice keys() {
    return line.keys();
  }

  /** When the change was made, in microseconds of the epoch. */
  public long micros() {
    return line.micros();
  }

  private ChangeKind kind() {
    return requireNonNull(line.kind(), "no change was read");
  }

  /** The item before the change; null if there was none. */
  public ChangeLine.@Nullable Slice oldImage() {
    try {
      ChangeLine.Slice image = line.oldImage();
      if (image == null && kind() != ChangeKind.INSERT) {
        throw ChangeFileLines.withoutImages(kind());
      }
      return image;
    } catch (FormatException e) {
      throw lines.failure(e);
    }
  }

  /** The item after the change; null if it was removed. */
  public ChangeLine.@Nullable Slice newImage() {
    try {
      ChangeLine.Slice image = line.newImage();
      if ((image == null) != (kind() == ChangeKind.REMOVE)) {
        throw ChangeFileLines.withoutImages(kind());
      }
      return image;
    } catch (FormatException e) {
      throw lines.failure(e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
