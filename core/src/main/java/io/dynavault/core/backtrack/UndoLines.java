// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import io.dynavault.format.FormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The whole lines of an undo file. */
final class UndoLines implements AutoCloseable {
  /** Two images of 400 KB, which escapes make six times as long. */
  private static final int LONGEST = 8 << 20;

  private final InputStream in;

  private UndoLines(InputStream in) {
    this.in = in;
  }

  static UndoLines open(Path file) throws IOException {
    InputStream stored = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    try {
      return new UndoLines(
          UndoFile.isCompressed(file)
              ? new BufferedInputStream(new GZIPInputStream(stored, 64 * 1024))
              : stored);
    } catch (EOFException | ZipException e) {
      stored.close();
      throw new FormatException("it is not compressed with gzip, or empty", e);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** The next line without its end, or null after the last one that has an end. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return line.toByteArray();
        }
        if (line.size() == LONGEST) {
          throw new FormatException("a line is longer than any can be");
        }
        line.write(next);
      }
    } catch (EOFException e) {
      return null; // a gzip member ends before its end: the run was killed
    } catch (ZipException e) {
      throw new FormatException("it is damaged: " + e.getMessage(), e);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
