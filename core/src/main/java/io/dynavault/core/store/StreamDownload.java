// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;

/**
 * A download over an input stream of which is known how many bytes it must have: one that ends
 * early is a failure, never an end of file.
 */
public final class StreamDownload extends ObjectDownload {
  private final ObjectInfo info;
  private final InputStream source;
  private final long length;
  private final Function<IOException, DynavaultException> failure;
  private long position;
  private boolean ended;

  /**
   * Reads {@code length} bytes of the object from {@code source}.
   *
   * @param failure what a failure of the source is for the user; an {@link EOFException} means that
   *     it was cut short
   */
  public StreamDownload(
      ObjectInfo info,
      InputStream source,
      long length,
      Function<IOException, DynavaultException> failure) {
    this.info = requireNonNull(info, "info is null");
    this.source = requireNonNull(source, "source is null");
    this.length = length;
    this.failure = requireNonNull(failure, "failure is null");
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, buffer.length);
    if (count == 0) {
      return 0;
    }
    try {
      return position == length ? readEnd() : readSome(buffer, offset, count);
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  private int readSome(byte[] buffer, int offset, int count) throws IOException {
    int read = source.read(buffer, offset, (int) Math.min(count, length - position));
    if (read < 0) {
      throw new EOFException("ended after " + position + " of " + length + " bytes");
    }
    position += read;
    return read;
  }

  /** Reads on to the source's own end once: there a checking source compares its checksum. */
  private int readEnd() throws IOException {
    if (!ended) {
      ended = true;
      source.read();
    }
    return -1;
  }

  @Override
  public int available() {
    try {
      return (int) Math.min(source.available(), length - position);
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }
}
