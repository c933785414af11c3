// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Compresses into one gzip member, about twice as fast as zlib's level 1 and smaller. Its header is
 * that of AWS's files: no name, time 0, no extra flags, operating system unknown.
 *
 * <p>{@code n} bytes become at most {@code n + 18 + 5 * max(1, ceil(n / 65535))}. About 700 KB of
 * memory, none outside the heap; nothing is allocated after the constructor. Not safe for several
 * threads.
 *
 * <p>{@link IOException} comes from the sink, or says that the stream is closed, finished or broken
 * by an earlier failure of the sink; what was written then is not a whole member and never becomes
 * one.
 */
public final class FastGzipOutputStream extends OutputStream {
  /** A block is small enough to adapt and, where nothing compresses, two full stored ones. */
  static final int BLOCK = 2 * BlockWriter.LONGEST_STORED;

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** Header, trailer, and what stored blocks add. */
  private static final int FRAME = 64;

  /** Before the first block zeros, which no copy reaches; then the text that copies come from. */
  private final byte[] window = new byte[2 * Matcher.PERIOD + BLOCK];

  private final OutputStream sink;
  private final Matcher matcher = new Matcher();
  private final Sequences sequences = new Sequences(BLOCK);
  private final BlockWriter blockWriter = new BlockWriter();
  private final BitOutput compressed = new BitOutput(BLOCK + FRAME);
  private final CRC32 crc = new CRC32();
  private long length;

  /** The block that is being filled. */
  private int from = Matcher.PERIOD;

  private int to = from;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    BROKEN,
    FINISHED,
    CLOSED
  }

  /** A stream into a sink that is closed with it. */
  public FastGzipOutputStream(OutputStream sink) {
    this.sink = requireNonNull(sink, "sink is null");
    compressed.putBytes(HEADER, 0, HEADER.length);
  }

  @Override
  public void write(int b) throws IOException {
    requireOpen();
    makeRoom();
    window[to] = (byte) b;
    crc.update(window, to, 1);
    to++;
    length++;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    requireOpen();
    crc.update(bytes, offset, count);
    length += count;
    int end = offset + count;
    for (int next = offset; next < end; ) {
      makeRoom();
      int part = Math.min(end - next, from + BLOCK - to);
      System.arraycopy(bytes, next, window, to, part);
      to += part;
      next += part;
    }
  }

  /** Flushes the sink. Up to 128 KiB stay here: a block that is not full is not written. */
  @Override
  public void flush() throws IOException {
    sink.flush();
  }

  /**
   * Completes the member and leaves the sink open. Nothing may be written afterwards; to finish
   * again does nothing.
   */
  public void finish() throws IOException {
    if (state == State.FINISHED) {
      return;
    }
    requireOpen();
    compress(true);
    compressed.align();
    compressed.put((int) crc.getValue(), Integer.SIZE);
    compressed.put((int) length, Integer.SIZE);
    drain();
    state = State.FINISHED;
  }

  /** Completes the member, unless the sink has failed, and closes the sink. */
  @Override
  public void close() throws IOException {
    if (state == State.CLOSED) {
      return;
    }
    try (OutputStream closing = sink) {
      if (state == State.OPEN) {
        finish();
      }
      closing.flush();
    } finally {
      state = State.CLOSED;
    }
  }

  /** A full block is only written when more follows, because the last one is marked. */
  private void makeRoom() throws IOException {
    if (to - from == BLOCK) {
      compress(false);
      drain();
      slide();
    }
  }

  private void compress(boolean last) {
    matcher.match(window, from, to, sequences);
    blockWriter.write(window, from, to, last, sequences, compressed);
    from = to;
  }

  private void drain() throws IOException {
    state = State.BROKEN;
    sink.write(compressed.bytes(), 0, compressed.size());
    compressed.clear();
    state = State.OPEN;
  }

  /** Moves the text that copies may come from towards the front, by what the matcher allows. */
  private void slide() {
    int distance = (from - Matcher.PERIOD) & -Matcher.PERIOD;
    int kept = from - Symbols.MAX_DISTANCE;
    System.arraycopy(window, kept, window, kept - distance, Symbols.MAX_DISTANCE);
    from -= distance;
    to -= distance;
  }

  private void requireOpen() throws IOException {
    switch (state) {
      case OPEN -> {}
      case BROKEN -> throw new IOException("the gzip stream is broken: its sink has failed");
      case FINISHED -> throw new IOException("the gzip stream is finished");
      case CLOSED -> throw new IOException("the gzip stream is closed");
    }
  }
}
