// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A file that belongs to a recovery point and how to know that it is whole.
 *
 * @param key object key below the vault's root
 * @param size stored bytes
 * @param sha256 lower-case hex of the SHA-256 of the stored bytes
 * @param itemCount items in it; 0 for manifests
 */
public record StoredFile(String key, long size, String sha256, long itemCount) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public StoredFile {
    requireNonNull(key, "key is null");
    if (size < 0 || itemCount < 0) {
      throw new IllegalArgumentException("size or itemCount of '" + key + "' is negative");
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 of '" + key + "' is not 64 hex digits");
    }
  }
}
