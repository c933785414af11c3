// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a store knows of an object without reading it.
 *
 * @param key key below the store's root, with {@code /} as separator
 * @param size stored bytes
 * @param lastModified time of the last write by the store's clock
 * @param version opaque token of this content, changed by every write of other content; for {@link
 *     ObjectStore#replace}
 */
public record ObjectInfo(String key, long size, Instant lastModified, String version) {
  public ObjectInfo {
    requireNonNull(key, "key is null");
    requireNonNull(lastModified, "lastModified is null");
    requireNonNull(version, "version is null");
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
  }
}
