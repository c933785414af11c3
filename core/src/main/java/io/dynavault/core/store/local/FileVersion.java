// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import io.dynavault.core.store.ObjectInfo;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * The version of a file: its size, time of last write and inode. Every write makes a new file, and
 * the digits of its time that the clock does not fill are random, so no two writes share a version.
 */
final class FileVersion {
  private FileVersion() {}

  static ObjectInfo info(String key, BasicFileAttributes attributes) {
    Instant written = attributes.lastModifiedTime().toInstant();
    String version =
        String.format(
            "%x-%x.%09d-%s",
            attributes.size(), written.getEpochSecond(), written.getNano(), attributes.fileKey());
    return new ObjectInfo(key, attributes.size(), written, version);
  }
}
