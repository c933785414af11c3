// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import io.dynavault.format.item.ChangeKind;

/** Counts the changes of one file while they pass. */
final class TallyCounter {
  private long inserts;
  private long modifies;
  private long removes;
  private long expirations;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;

  void add(ChangeKind kind, boolean timeToLive, long micros) {
    switch (kind) {
      case INSERT -> inserts++;
      case MODIFY -> modifies++;
      case REMOVE -> removes++;
    }
    if (kind == ChangeKind.REMOVE && timeToLive) {
      expirations++;
    }
    firstMicros = Math.min(firstMicros, micros);
    lastMicros = Math.max(lastMicros, micros);
  }

  ChangeTally tally() {
    return new ChangeTally(inserts, modifies, removes, expirations, firstMicros, lastMicros);
  }
}
