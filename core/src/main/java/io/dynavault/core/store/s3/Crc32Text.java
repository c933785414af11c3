// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** CRC-32 as S3's checksum headers write it: base64 of four bytes, highest first. */
final class Crc32Text {
  private Crc32Text() {}

  static String of(CRC32 crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String of(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return of(crc);
  }
}
