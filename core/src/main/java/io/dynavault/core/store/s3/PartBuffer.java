// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The bytes of one part, in memory so that its request can be repeated. Grows with what is written,
 * by pieces that the next part uses again.
 */
final class PartBuffer {
  private static final int PIECE_BYTES = 256 * 1024;

  private final List<byte[]> pieces = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private long size;

  long size() {
    return size;
  }

  void write(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
    int written = 0;
    while (written < length) {
      int piece = (int) (size / PIECE_BYTES);
      int at = (int) (size % PIECE_BYTES);
      if (piece == pieces.size()) {
        pieces.add(new byte[PIECE_BYTES]);
      }
      int count = Math.min(length - written, PIECE_BYTES - at);
      System.arraycopy(bytes, offset + written, pieces.get(piece), at, count);
      written += count;
      size += count;
    }
  }

  void clear() {
    size = 0;
    crc.reset();
  }

  /** Checksum of the bytes as they came in. */
  String crc32() {
    return Crc32Text.of(crc);
  }

  /** A body that can be sent repeatedly until the buffer is cleared. */
  RequestBody body() {
    return RequestBody.fromContentProvider(this::open, size, "application/octet-stream");
  }

  private InputStream open() {
    List<InputStream> streams = new ArrayList<>();
    long rest = size;
    for (int piece = 0; rest > 0; piece++) {
      int count = (int) Math.min(rest, PIECE_BYTES);
      streams.add(new ByteArrayInputStream(pieces.get(piece), 0, count));
      rest -= count;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
