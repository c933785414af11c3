// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.format.item.ChangeLine.Slice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Images of changes behind each other: each with the digest of its key, its rank, its place, its
 * length and the size of the item before it. Reads them one by one. Not safe for several threads.
 */
final class ImageEntries {
  /** Bytes of an entry before the image. */
  static final int HEAD = 4 * Long.BYTES + 2 * Integer.BYTES;

  private static final int BUFFER = 64 * 1024;

  private final @Nullable ReadableByteChannel source;
  private ByteBuffer bytes;
  private KeyDigest key = new KeyDigest(0, 0);
  private long rank;
  private long place;
  private int offset;
  private int length;
  private int size;

  private ImageEntries(@Nullable ReadableByteChannel source, ByteBuffer bytes) {
    this.source = source;
    this.bytes = bytes;
  }

  /** Entries in the first bytes of an array. */
  static ImageEntries of(byte[] array, int used) {
    return new ImageEntries(null, ByteBuffer.wrap(array, 0, used));
  }

  /** Entries in a file. */
  static ImageEntries of(ReadableByteChannel source) {
    return new ImageEntries(source, ByteBuffer.allocate(BUFFER).limit(0));
  }

  /** Writes what stands before an image. */
  static void head(byte[] target, int at, KeyDigest key, long rank, long place, Slice image) {
    ByteBuffer head = ByteBuffer.wrap(target, at, HEAD);
    head.putLong(key.high()).putLong(key.low()).putLong(rank).putLong(place);
    head.putInt(image.length()).putInt(image.size());
  }

  /** Moves to the next entry; false at the end. */
  boolean next() throws IOException {
    if (!require(HEAD)) {
      if (bytes.hasRemaining()) {
        throw ended();
      }
      return false;
    }
    key = new KeyDigest(bytes.getLong(), bytes.getLong());
    rank = bytes.getLong();
    place = bytes.getLong();
    length = bytes.getInt();
    size = bytes.getInt();
    if (!require(length)) {
      throw ended();
    }
    offset = bytes.position();
    bytes.position(offset + length);
    return true;
  }

  /** Sees that so many bytes are there; false where the source has not as many. */
  private boolean require(int count) throws IOException {
    if (bytes.remaining() >= count || source == null) {
      return bytes.remaining() >= count;
    }
    if (bytes.capacity() < count) {
      bytes = ByteBuffer.allocate(Math.max(count, 2 * bytes.capacity())).put(bytes);
    } else {
      bytes.compact();
    }
    int read = 0;
    while (read >= 0 && bytes.position() < count) {
      read = source.read(bytes);
    }
    bytes.flip();
    return bytes.remaining() >= count;
  }

  private static EOFException ended() {
    return new EOFException("a temporary file ends inside a change");
  }

  KeyDigest key() {
    return key;
  }

  long rank() {
    return rank;
  }

  long place() {
    return place;
  }

  /** Holds the image until {@link #next}. */
  byte[] array() {
    return bytes.array();
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Of the item, as DynamoDB counts it. */
  int size() {
    return size;
  }
}
