// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.format.change.ChangeTally;

/**
 * Changes by kind.
 *
 * @param expirations removes by TTL; they are counted as removes, too
 */
public record ChangeCounts(long inserts, long modifies, long removes, long expirations) {
  /** No changes. */
  public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0);

  public ChangeCounts {
    if (inserts < 0 || modifies < 0 || expirations < 0 || removes < expirations) {
      throw new IllegalArgumentException("a count of changes is negative, or has more expirations");
    }
  }

  /** The changes of a file. */
  public static ChangeCounts of(ChangeTally tally) {
    return new ChangeCounts(
        tally.inserts(), tally.modifies(), tally.removes(), tally.expirations());
  }

  /** All changes. */
  public long total() {
    return inserts + modifies + removes;
  }

  /** The changes of both. */
  public ChangeCounts plus(ChangeCounts other) {
    return new ChangeCounts(
        inserts + other.inserts,
        modifies + other.modifies,
        removes + other.removes,
        expirations + other.expirations);
  }
}
