// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

/**
 * How much of a chain is copied.
 *
 * @param files change files
 * @param bytes stored bytes of the change files
 */
public record CopiedVolume(long commits, long files, long bytes) {
  static final CopiedVolume NONE = new CopiedVolume(0, 0, 0);

  CopiedVolume plus(CopiedVolume other) {
    return new CopiedVolume(commits + other.commits, files + other.files, bytes + other.bytes);
  }
}
