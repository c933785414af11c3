// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

/**
 * A file that belongs to a recovery point and how to know that it is whole.
 *
 * @param key object key below the vault's root
 * @param size stored bytes
 * @param sha256 lower-case hex of the SHA-256 of the stored bytes
 * @param itemCount items in it; 0 for manifests
 */
public record StoredFile(String key, long size, String sha256, long itemCount) {
  public StoredFile {
    requireNonNull(key, "key is null");
    requireNonNull(sha256, "sha256 is null");
  }
}
