// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;

/**
 * How much commits have brought.
 *
 * @param storedBytes of the change files
 */
public record ChangeVolume(long commits, long changes, long storedBytes) {
  static final ChangeVolume NONE = new ChangeVolume(0, 0, 0);

  ChangeVolume plus(Commit commit) {
    return new ChangeVolume(
        commits + 1,
        changes + commit.counts().total(),
        storedBytes + commit.files().stream().mapToLong(ChangeFile::size).sum());
  }
}
