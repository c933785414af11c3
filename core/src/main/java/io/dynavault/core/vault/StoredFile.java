// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

/**
 * A file that belongs to a recovery point and how to know that it is whole.
 *
 * @param key object key below the vault's root
 * @param size stored bytes
 * @param checksum of the stored bytes
 * @param itemCount items in it, or changes of an incremental export; 0 for manifests
 */
public record StoredFile(String key, long size, Checksum checksum, long itemCount) {

  public StoredFile {
    requireNonNull(key, "key is null");
    requireNonNull(checksum, "checksum is null");
    if (size < 0 || itemCount < 0) {
      throw new IllegalArgumentException("size or itemCount of '" + key + "' is negative");
    }
  }

  /**
   * A file whose SHA-256 is known.
   *
   * @param sha256 64 lower-case hex digits
   */
  public StoredFile(String key, long size, String sha256, long itemCount) {
    this(key, size, Checksum.sha256(sha256), itemCount);
  }
}
