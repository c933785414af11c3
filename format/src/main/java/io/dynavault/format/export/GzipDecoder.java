// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import io.dynavault.format.FormatException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip members one after the other (RFC 1952). Stricter than {@code GZIPInputStream}: what
 * follows a member must be another member, and a source that fails is never taken for a damaged
 * file.
 */
final class GzipDecoder implements Decoder {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** Small files fit into it, and do without the usual one. */
  private static final int FIRST_BUFFER = 4 * 1024;

  private static final int USUAL_BUFFER = 64 * 1024;

  private final StoredInput stored;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int position;
  private int limit;
  private boolean insideMember;
  private long members;

  GzipDecoder(StoredInput stored) {
    this.stored = stored;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (insideMember || beginMember()) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        crc.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new FormatException("the gzip data are damaged: a dictionary is asked for");
      } else if (inflater.needsInput()) {
        giveInput();
      }
    }
    return -1;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private int inflate(byte[] target, int offset, int length) {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw new FormatException("the gzip data are damaged: " + e.getMessage(), e);
    }
  }

  private void giveInput() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    inflater.setInput(buffer, position, limit - position);
    position = limit;
  }

  private boolean beginMember() throws IOException {
    if (position == limit && !fill()) {
      if (members == 0) {
        throw new FormatException("the file is empty (0 bytes), not even a gzip header");
      }
      return false;
    }
    requireMagic();
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new FormatException("the gzip header has unknown flags");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    members++;
    insideMember = true;
    return true;
  }

  private void requireMagic() throws IOException {
    int first = next();
    if (first == 0x1f && next() == 0x8b && next() == 8) {
      return;
    }
    if (members > 0) {
      throw new FormatException("there are bytes after the end of the gzip data");
    }
    throw new FormatException(
        first == '{' || first == '$'
            ? "the file is not gzip although its name says so: it was decompressed on its way here"
            : "the file is not gzip although its name says so");
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long size = inflater.getBytesWritten();
    if (nextInt() != (int) crc.getValue()) {
      throw new FormatException("the gzip data are damaged: the CRC-32 differs");
    }
    if (nextInt() != (int) size) {
      throw new FormatException("the gzip data are damaged: the length differs");
    }
    crc.reset();
    inflater.reset();
    insideMember = false;
  }

  private int nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int character = next();
    while (character != 0) {
      character = next();
    }
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    if (limit == FIRST_BUFFER && buffer.length == FIRST_BUFFER) {
      buffer = new byte[USUAL_BUFFER];
    }
    int count = stored.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  private static FormatException truncated() {
    return new FormatException("the file is cut off: the gzip data end too early");
  }
}
