// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stored bytes of a data file on their way to the decoder: digested, and with a memory of
 * whether the source itself failed, because a connection that breaks is not a damaged file.
 */
final class StoredInput extends InputStream {
  static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private final InputStream source;
  private final StoredDigest digest;
  private byte[] head = {};
  private int headPosition;
  private @Nullable IOException failure;

  StoredInput(InputStream source) {
    this(source, new StoredDigest());
  }

  StoredInput(InputStream source, StoredDigest digest) {
    this.source = source;
    this.digest = digest;
  }

  /** Whether the file starts with these bytes. Asked before anything else is read. */
  boolean startsWith(byte[] magic) throws IOException {
    if (head.length < magic.length) {
      byte[] more = readSource(magic.length - head.length);
      int length = head.length;
      head = Arrays.copyOf(head, length + more.length);
      System.arraycopy(more, 0, head, length, more.length);
    }
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  /** Throws what the source threw, if it did: the decoder's own exception then means nothing. */
  void rethrowFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Digest of all bytes read so far. */
  StoredDigest digest() {
    return digest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (headPosition < head.length) {
      int count = Math.min(length, head.length - headPosition);
      System.arraycopy(head, headPosition, target, offset, count);
      headPosition += count;
      return count;
    }
    try {
      int count = source.read(target, offset, length);
      if (count > 0) {
        digest.update(target, offset, count);
      }
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** The source belongs to whoever opened the data file, not to the decoder. */
  @Override
  public void close() {}

  private byte[] readSource(int length) throws IOException {
    byte[] bytes = source.readNBytes(length);
    digest.update(bytes, 0, bytes.length);
    return bytes;
  }
}
