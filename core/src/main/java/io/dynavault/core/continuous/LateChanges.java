// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Changes that an earlier commit had promised to have: their time is before the time that it is
 * complete to.
 *
 * @param earliest the earliest time of one of them
 */
public record LateChanges(long changes, Instant earliest) {
  public LateChanges {
    requireNonNull(earliest, "earliest is null");
    if (changes < 1) {
      throw new IllegalArgumentException("there is no late change");
    }
  }
}
