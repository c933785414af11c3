// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one data file: items as raw bytes, one a line, compressed and digested on the way to a
 * sink. Items are copied, never decoded, and nothing is allocated per item. Not safe for several
 * threads; many files are written in parallel by a writer each.
 *
 * <p>The file is whole when {@link #finish} has returned. Closing without it frees memory and
 * leaves a file that no reader takes for whole. The sink stays open: it is the caller's to commit
 * or discard. {@link IOException} comes from the sink only.
 */
public final class DataFileWriter implements AutoCloseable {
  private static final byte[] ITEM_BEFORE = "{\"Item\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ITEM_AFTER = {'}', '\n'};

  /** Large, so that calls of an encoder cost nothing, even of one that leaves Java. */
  private static final int BUFFER_SIZE = 128 * 1024;

  private static final int LARGE_PIECE = BUFFER_SIZE / 2;

  private final Encoder encoder;
  private final StoredOutput stored;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int buffered;
  private long itemCount;
  private long rawBytes;
  private boolean ended;

  private DataFileWriter(Encoder encoder, StoredOutput stored) {
    this.encoder = encoder;
    this.stored = stored;
  }

  /** A writer at the compression's fastest. */
  public static DataFileWriter open(OutputStream sink, Compression compression) throws IOException {
    return open(sink, Codec.of(compression));
  }

  public static DataFileWriter open(OutputStream sink, Codec codec) throws IOException {
    StoredOutput stored = new StoredOutput(sink);
    return new DataFileWriter(codec.encoder(stored), stored);
  }

  /**
   * Writes one item as {@code {"Item":…}}. The bytes are a JSON object that somebody has already
   * validated; they are kept as they are, but for line breaks between tokens, which the format does
   * not allow and which become blanks.
   */
  public void writeItem(byte[] json, int offset, int length) throws IOException {
    if (length < 2 || json[offset] != '{' || json[offset + length - 1] != '}') {
      throw new IllegalArgumentException("not a JSON object");
    }
    append(ITEM_BEFORE, 0, ITEM_BEFORE.length);
    appendOneLine(json, offset, length);
    append(ITEM_AFTER, 0, ITEM_AFTER.length);
    itemCount++;
  }

  /** Writes a record of JSON as a line, with blanks for line breaks between its tokens. */
  public void writeRecord(byte[] json, int offset, int length) throws IOException {
    if (length < 2 || json[offset] != '{' || json[offset + length - 1] != '}') {
      throw new IllegalArgumentException("not a JSON object");
    }
    appendOneLine(json, offset, length);
    append(ITEM_AFTER, 1, 1);
    itemCount++;
  }

  private void appendOneLine(byte[] json, int offset, int length) throws IOException {
    if (LineBreaks.indexOf(json, offset, offset + length) < 0) {
      append(json, offset, length);
    } else {
      byte[] oneLine = LineBreaks.toBlanks(json, offset, length);
      append(oneLine, 0, length);
    }
  }

  /** Writes a line of any other format and ends it; the bytes must not contain a line break. */
  public void writeLine(byte[] line, int offset, int length) throws IOException {
    if (length == 0 || LineBreaks.indexOf(line, offset, offset + length) >= 0) {
      throw new IllegalArgumentException("not one line");
    }
    append(line, offset, length);
    append(ITEM_AFTER, 1, 1);
    itemCount++;
  }

  /** Items written so far. */
  public long itemCount() {
    return itemCount;
  }

  /** Bytes before compression so far: files roll by it. */
  public long rawBytes() {
    return rawBytes;
  }

  /**
   * Completes the file and says what it is. Called once, last; a file whose sink has failed cannot
   * be finished.
   */
  public DataFileSummary finish() throws IOException {
    if (ended) {
      throw new IllegalStateException("the data file is already finished or its sink has failed");
    }
    ended = true;
    drain();
    encoder.finish();
    stored.flush();
    return stored.digest().summary(itemCount, rawBytes);
  }

  @Override
  public void close() {
    encoder.close();
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    rawBytes += length;
    if (length > buffer.length - buffered) {
      drain();
      if (length >= LARGE_PIECE) {
        encode(bytes, offset, length);
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  private void drain() throws IOException {
    if (buffered > 0) {
      encode(buffer, 0, buffered);
      buffered = 0;
    }
  }

  private void encode(byte[] bytes, int offset, int length) throws IOException {
    boolean written = false;
    try {
      encoder.write(bytes, offset, length);
      written = true;
    } finally {
      ended |= !written;
    }
  }
}
