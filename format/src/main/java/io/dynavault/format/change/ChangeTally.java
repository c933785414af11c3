// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

/**
 * What a change file holds.
 *
 * @param expirations removes by TTL; they are counted as removes, too
 * @param firstMicros the earliest time of a change, in microseconds of the epoch
 * @param lastMicros the latest time of a change
 */
public record ChangeTally(
    long inserts,
    long modifies,
    long removes,
    long expirations,
    long firstMicros,
    long lastMicros) {

  /** All changes. */
  public long changes() {
    return inserts + modifies + removes;
  }
}
