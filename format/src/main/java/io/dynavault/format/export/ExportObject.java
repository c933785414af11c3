// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A small object of an export, ready to be stored. The array is not copied: treat it as immutable.
 *
 * @param key key below the root that the export's layout is relative to
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below
public record ExportObject(String key, byte[] content) {
  public ExportObject {
    requireNonNull(key, "key is null");
    requireNonNull(content, "content is null");
  }

  /** Lower-case hex of the SHA-256 of the content. */
  public String sha256() {
    return StoredDigest.sha256Hex(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExportObject that
        && key.equals(that.key)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "ExportObject[" + key + ", " + content.length + " bytes]";
  }
}
