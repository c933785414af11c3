// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.Checksum;
import io.dynavault.format.change.ChangeFileSummary;
import io.dynavault.format.change.ChangeTally;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A change file as a commit names it.
 *
 * @param key relative to the vault's root
 * @param size stored bytes
 * @param checksum SHA-256 of the stored bytes
 * @param changes lines in the file; at least one
 * @param firstTime the earliest time of its changes
 * @param lastTime the latest time of its changes
 */
public record ChangeFile(
    String key, long size, Checksum checksum, long changes, Instant firstTime, Instant lastTime) {
  public ChangeFile {
    requireNonNull(key, "key is null");
    requireNonNull(checksum, "checksum is null");
    requireNonNull(firstTime, "firstTime is null");
    requireNonNull(lastTime, "lastTime is null");
    if (size < 1 || changes < 1) {
      throw new IllegalArgumentException("a change file is empty");
    }
    if (checksum.isMd5()) {
      throw new IllegalArgumentException("the checksum of a change file is not a SHA-256");
    }
    if (lastTime.isBefore(firstTime)) {
      throw new IllegalArgumentException("lastTime is before firstTime");
    }
  }

  /**
   * A file that was just written.
   *
   * @param key where it was stored
   */
  public static ChangeFile of(String key, ChangeFileSummary summary) {
    ChangeTally tally = summary.tally();
    return new ChangeFile(
        key,
        summary.storedBytes(),
        Checksum.sha256(summary.sha256()),
        tally.changes(),
        time(tally.firstMicros()),
        time(tally.lastMicros()));
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
