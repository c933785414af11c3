// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import java.time.Instant;

/**
 * When changes were made, as far as a stream says it.
 *
 * <p>AWS gives the second. DynamoDB Local gives the minute, so that for servers other than AWS a
 * whole minute is replaced by the time at which the record was read: a tail that runs reads several
 * times a second. It is never later than that minute's last second. (docs/format/continuous.md,
 * section 4)
 */
final class ChangeTime {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;

  private final boolean exact;

  /**
   * @param aws whether AWS's streams are read
   */
  ChangeTime(boolean aws) {
    this.exact = aws;
  }

  /**
   * The time of a change, in microseconds of the epoch.
   *
   * @param label what the record says
   * @param readAt the server's time when it was read
   * @param before time of the record before it in its shard, or in the shard before that
   */
  long micros(long label, Instant readAt, long before) {
    long time = label;
    if (!exact && label % MINUTE == 0) {
      long read = readAt.getEpochSecond() * SECOND;
      time = Math.min(Math.max(label, read), label + MINUTE - SECOND);
    }
    return Math.max(time, before);
  }
}
